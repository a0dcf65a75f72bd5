# SPDX-License-Identifier: Apache-2.0
"""Minutes laid out once for every format: all texts worded, cleaned and in the guide's order (R86-R98).

What a renderer adds is type and ink only; no renderer decides what is said.
"""

from huiyao.documents.paper.layout import lay_out
from huiyao.documents.paper.shape import Fact, Item, Paper, ProblemBlock, TopicBlock

__all__ = ["Fact", "Item", "Paper", "ProblemBlock", "TopicBlock", "lay_out"]
