# SPDX-License-Identifier: Apache-2.0
"""The settings tests run under: the product's own, with a data folder of their own and plain static files."""

import atexit
import os
import shutil
import tempfile

if "HUIYAO_DATA" not in os.environ:
    os.environ["HUIYAO_DATA"] = tempfile.mkdtemp(prefix="huiyao-tests-")
    atexit.register(shutil.rmtree, os.environ["HUIYAO_DATA"], ignore_errors=True)
os.environ.setdefault("HUIYAO_SECRET_KEY", "only-for-tests")

from huiyao.project.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # a file, as in the product: the room's writer has a connection of its own, which memory cannot share
    DATABASES["default"]["TEST"] = {"NAME": str(HUIYAO.data / "test.sqlite3")}  # noqa: F405

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 whitenoise wants the folder to be there
