# SPDX-License-Identifier: Apache-2.0
"""Checking and filling a form with docxtpl inside the strict sandbox. Runs in the bounded process only."""

import io
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from lxml import etree

from huiyao.documents.forms.fields import Row, top_names
from huiyao.documents.forms.refusals import FormRefused
from huiyao.documents.forms.sandbox import FormEnvironment
from huiyao.documents.forms.screening import screen


class Form(DocxTemplate):  # type: ignore[misc]
    """docxtpl repairs broken XML silently and so loses text; a form must be right."""

    def fix_tables(self, xml: str) -> object:
        """As docxtpl's, after a strict reading."""
        etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        return super().fix_tables(xml)


def filled(content: bytes, values: Row) -> tuple[bytes, FormEnvironment]:
    """The form filled with ``values``, and the environment that saw its names. FormRefused where it cannot be."""
    screen(content)
    environment = FormEnvironment()
    try:
        form = Form(io.BytesIO(content))
        form.render(values, environment, autoescape=True)
        made = io.BytesIO()
        form.save(made)
    except SecurityError as error:
        raise FormRefused("forbidden", str(error)) from error
    except TemplateSyntaxError as error:
        raise FormRefused("syntax", _where(error)) from error
    except RecursionError as error:
        raise FormRefused("forbidden", "depth") from error
    except (TemplateError, TypeError, ArithmeticError) as error:
        raise FormRefused("syntax", str(error)) from error
    except (OpcError, BadZipFile, KeyError, AttributeError, ValueError, SyntaxError) as error:
        raise FormRefused("broken", str(error)) from error
    screen(made.getvalue())
    return made.getvalue(), environment


def names_in(content: bytes, sample: Row) -> tuple[list[str], list[str]]:
    """(unknown, used) names of a form, found by filling it with a sample in which every list has a row."""
    _, environment = filled(content, sample)
    known = top_names()
    unknown = {name for name in environment.used if name not in known} | environment.unknown
    return sorted(unknown), sorted(environment.used & known)


def _where(error: TemplateSyntaxError) -> str:
    """The message, with the words of the form around it."""
    words = " ".join("".join(getattr(error, "docx_context", ())).split())
    return f"{error.message}: {words}" if words else str(error.message)
