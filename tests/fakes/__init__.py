# SPDX-License-Identifier: Apache-2.0
"""Simulated outside services that misbehave as the real ones do, and a clock that tests can move."""
