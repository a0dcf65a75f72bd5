# SPDX-License-Identifier: Apache-2.0
"""A simulated year: what happens in it, and what its reminders ought to be, worked out by other means than the product.

Nothing here may import the product's calendar or its rules of reminding: two wrongs must not agree.
"""
