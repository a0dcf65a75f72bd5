# SPDX-License-Identifier: Apache-2.0
"""Measurements: `make bench` prints JSON. Nothing here passes or fails; read the figures with the machine's noise."""
