"""The page of a rule that a workspace brings itself, as Markdown."""

from __future__ import annotations

from superbill.rules.own import OwnRule, documentation


def own_page(rule: OwnRule) -> str:
    """What the rule says, looks at and rests on, in the form of the pages of the bundled rules."""
    title, _, body = documentation(rule).partition("\n")
    return (
        f"# {rule.id}\n\n{title}\n\n| | |\n|---|---|\n| severity | {rule.severity} |\n"
        f"| group | this workspace's own rules |\n\n{body.strip()}\n\n## Settings\n\n"
        f"```yaml\nrules:\n  {rule.id}: off\n```\n"
    )
