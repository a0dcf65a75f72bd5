# SPDX-License-Identifier: Apache-2.0
"""Reading who is to be invited, who was, what they answered, and the plan as a whole."""
