# SPDX-License-Identifier: Apache-2.0
"""What every page shares: layout, sign-in, navigation, refusals in words, uploads and downloads.

Nothing about one phase of a meeting.
"""
