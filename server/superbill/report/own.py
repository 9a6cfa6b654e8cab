"""The page of a rule that a workspace brings itself, as Markdown."""

from __future__ import annotations

from superbill.rules.own import OwnRule, documentation


def own_page(rule: OwnRule, chosen: str = "") -> str:
    """What the rule says, looks at and rests on, in the form of the pages of the bundled rules. `chosen` is the severity
    that settings give it, or off."""
    severity = f"{rule.severity}, by the settings here {chosen}" if chosen not in ("", rule.severity) else rule.severity
    title, _, body = documentation(rule).partition("\n")
    return (
        f"# {rule.id}\n\n{title}\n\n| | |\n|---|---|\n| severity | {severity} |\n"
        f"| group | this workspace's own rules |\n\n{body.strip()}\n\n## Settings\n\n"
        f"```yaml\nrules:\n  {rule.id}: off\n```\n"
    )
