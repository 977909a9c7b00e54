# Renders chat templates as Jinja for Python does, in the sandbox that transformers uses.
# Reads one JSON object a line: {"template": "…", "cases": [{…variables…}, …]}; prints one JSON array a line: {"text": "…"} or {"error": "…"} for each case.
import datetime
import json
import sys

import jinja2
import jinja2.ext
import jinja2.sandbox

now = datetime.datetime.fromisoformat(sys.argv[1][:19])


class Generation(jinja2.ext.Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


jinja = jinja2.sandbox.ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
jinja.filters["tojson"] = tojson
jinja.globals["raise_exception"] = raise_exception
jinja.globals["strftime_now"] = lambda form: now.strftime(form)


def render(template, variables):
    try:
        return {"text": template.render(**variables)}
    except Exception as error:
        return {"error": repr(error)}


for line in sys.stdin:
    request = json.loads(line)
    parsed = jinja.from_string(request["template"])
    print(json.dumps([render(parsed, variables) for variables in request["cases"]]), flush=True)
