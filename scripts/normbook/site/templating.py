"""Compiles the templates to code that runs faster than Jinja's own, with the same result: direct calls, plain look-ups, labels fetched by key.

What it leaves out is not used by our templates: functions that take the context, asynchronous templates, sandboxing, switching autoescape, and
arguments of macros by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import FunctionType
from typing import Any, TypeGuard

from jinja2 import Environment, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # without the cost of an object for each text

# the marks of a text in all languages; no text of a record may contain the first two there
SEPARATOR, KEY = "\x1c", "\x1d"
OPENS, OR, CLOSES = (SEPARATOR + sign for sign in "(|)")
IN_DICT = frozenset(dir(dict))
HEAD = "\nfrom normbook.site.templating import attribute, {} as escaped, macro as Macro, marked as Markup\n"
IMPORTS = re.compile(r"\Afrom jinja2\.runtime import [^\n]*\n")

marked: Callable[[str], Markup] = partial(str.__new__, Markup)


class MarkedTextError(ValueError):
    """A text of a record holds one of our marks, so that its page is rendered for each language alone."""


def escaped(value: Any) -> str:
    """A value as HTML: what is HTML already stays as it is.

    >>> escaped("<a>"), escaped(Markup("<b>")), escaped(3)
    ('&lt;a&gt;', Markup('<b>'), Markup('3'))
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return _escape_inner(value) if kind is str else escape(value)


def escaped_once(value: Any) -> str:
    """The same for a text in all languages. Raises MarkedTextError if a text holds one of its marks."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    text = value if kind is str else str(escape(value))
    if SEPARATOR in text or KEY in text:
        raise MarkedTextError(text)
    return _escape_inner(text) if kind is str else text


def attribute(value: Any, name: str) -> Any:
    """A key of a dictionary or an attribute of an object; undefined, which fails when it is used, if there is none."""
    try:
        return value[name] if type(value) is dict else getattr(value, name)
    except (KeyError, AttributeError):
        try:
            return value[name]
        except (TypeError, LookupError, AttributeError):
            return StrictUndefined(obj=value, name=name)


def macro(
    environment: Environment,
    run: FunctionType,
    name: str,
    arguments: Sequence[str],
    takes_names: bool,
    takes_more: bool,
    takes_caller: bool,
    autoescape: bool,
) -> Callable[..., Any]:
    """A macro as a plain function of arguments by position; one that asks for more than its arguments stays as Jinja makes it."""
    if takes_names or takes_more or takes_caller:
        return Macro(environment, run, name, list(arguments), takes_names, takes_more, takes_caller, autoescape)
    run.__defaults__ = (missing,) * len(arguments)
    run.__name__ = name  # for messages
    return run


class QuickCode(CodeGenerator):
    """Jinja's generator of code with the changes named above. `environment.spoken` has the label of each key as HTML."""

    environment: QuickEnvironment

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        """What is known before a page is: in a text in all languages also a label, which is the mark of its key."""
        if self.environment.in_all_languages and _is_label(node) and isinstance(node.args[0], nodes.Const):
            return self.environment.spoken[node.args[0].value]
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("(" if _is_label(node) else "escaped(")  # labels are HTML

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """A macro returns HTML itself, so that nothing need be wrapped around it."""
        super().return_buffer_contents(frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call without the detour over the context; a label without values is looked up by its key."""
        if _is_label(node):
            self.write("environment.spoken[")
            self._key(node.args[0], frame)
            self.write("]")
            return
        if forward_caller or node.dyn_args is not None or node.dyn_kwargs is not None:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for each in (*node.args, *node.kwargs):
            self.visit(each, frame)
            self.write(", ")
        self.write(")")

    def _key(self, node: nodes.Expr, frame: Frame) -> None:
        """The key of a label; one that is put together of parts is plain text, so none of them is looked at."""
        if not isinstance(node, nodes.Concat):
            self.visit(node, frame)
            return
        self.write("str_join((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """An attribute or a key; the names of a dictionary's own methods are left to Jinja."""
        self.write("environment.getattr(" if node.attr in IN_DICT else "attribute(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802
        """A condition; in a text in all languages, one about the language gives both branches, for English and for the others."""
        if not self.environment.in_all_languages or not _asks_language(node.test):
            super().visit_If(node, frame)
            return
        inner = frame.soft()
        rest: list[nodes.Node] = list(node.else_)
        if node.elif_:
            first, *others = node.elif_
            rest = [nodes.If(first.test, first.body, others, node.else_, lineno=first.lineno)]
        english, other = (rest, node.body) if isinstance(node.test, nodes.Not) else (node.body, rest)
        for mark, body in ((OPENS, english), (OR, other)):
            self.visit(nodes.Output([nodes.TemplateData(mark)]), inner)
            self.blockvisit(body, inner)
        self.visit(nodes.Output([nodes.TemplateData(CLOSES)]), inner)


def _is_label(node: nodes.Node) -> TypeGuard[nodes.Call]:
    """Whether an expression is a label without values."""
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "_"
        and len(node.args) == 1
        and not node.kwargs
        and node.dyn_kwargs is None
    )


def _asks_language(node: nodes.Node) -> bool:
    """Whether an expression is `interface.is_english` or its negation."""
    if isinstance(node, nodes.Not):
        return _asks_language(node.node)
    return (
        isinstance(node, nodes.Getattr)
        and node.attr == "is_english"
        and isinstance(node.node, nodes.Name)
        and node.node.name == "interface"
    )


class QuickTemplate(Template):
    """A template whose macros, when it is imported, are made once. What they read of a page is that of the page which imported a template last."""

    environment: QuickEnvironment
    _kept: TemplateModule | None = None

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> TemplateModule:
        """The macros of the template, for a page with these variables."""
        contexts = self.environment.imported
        for each in contexts:
            each.parent = vars or {}
        if self._kept is None:
            contexts.append(context := self.new_context(vars, shared, locals))
            self._kept = TemplateModule(self, context)
        return self._kept


class QuickEnvironment(Environment):
    """An environment for templates that compiles them as above. It renders one page at a time."""

    code_generator_class = QuickCode
    template_class = QuickTemplate
    spoken: dict[str, Markup]
    in_all_languages = False

    def __init__(self, *options: Any, **named: Any) -> None:
        super().__init__(*options, **named)
        self.imported: list[Context] = []  # what the imported templates read their variables from

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        code = super()._generate(source, name, filename, defer_init)
        head = HEAD.format("escaped_once" if self.in_all_languages else "escaped")
        return IMPORTS.sub(lambda match: match[0] + head, code, count=1)
