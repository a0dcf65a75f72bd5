# SPDX-License-Identifier: Apache-2.0
"""Measurements: `make bench` prints JSON. Nothing here passes or fails; the figures are read with the machine's noise."""
