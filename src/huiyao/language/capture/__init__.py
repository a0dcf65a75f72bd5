# SPDX-License-Identifier: Apache-2.0
"""The capture line: one typed line read as an entry with kind, task, owners, due day and support.

Reading only, each part with its span; nothing is stored and nothing is asked of the network.
"""

from huiyao.language.capture.line import read_capture
from huiyao.language.capture.names import DepartmentName, PersonName
from huiyao.language.capture.reading import Alternative, Capture, OwnerFound, SupportFound

__all__ = ["Alternative", "Capture", "DepartmentName", "OwnerFound", "PersonName", "SupportFound", "read_capture"]
