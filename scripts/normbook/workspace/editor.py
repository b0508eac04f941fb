"""Writes the files that let an editor complete ids, in places that git ignores."""

from __future__ import annotations

from pathlib import Path

from normbook.records.editor import ids_by_type, schemas_with_ids, snippets
from normbook.workspace.files import remove_others, write
from normbook.workspace.load import Project


def write_editor(project: Project) -> list[Path]:
    """Writes schemas with ids to build/editor/ and, if the checkout has settings for VS Code, snippets with ids to .vscode/. Returns
    the files that were out of date.
    """
    repo = project.repo
    ids = ids_by_type(project.records.values())
    folder = repo.build / "editor"
    files = {folder / name: text for name, text in schemas_with_ids(project.schemas, ids).items()}
    if (repo.root / ".vscode").is_dir():
        files[repo.root / ".vscode" / "ids.code-snippets"] = snippets(ids)
    written = [path for path, text in files.items() if write(path, text, durable=False)]
    remove_others(folder, {path.name for path in files})
    return written
