# SPDX-License-Identifier: Apache-2.0
"""``huiyao verify``: whether frozen records and circulated minutes are still what they were."""

import argparse

import django


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print what does not agree; 1 when anything does not. Nothing is written."""
    del options
    django.setup(set_prefix=False)
    from huiyao.flows.verify import lines_of, verify

    verified = verify()
    for line in lines_of(verified):
        print(line)
    return 1 if verified.differences else 0
