# SPDX-License-Identifier: Apache-2.0
"""Factories: what a test needs, in one line, with invented names."""
