"""The files that let an editor complete ids, written where git ignores them."""

from __future__ import annotations

from pathlib import Path

from normbook.records.editor import ids_by_type, schemas_with_ids, snippets
from normbook.workspace.files import remove_others, write
from normbook.workspace.load import Project


def write_editor(project: Project) -> list[Path]:
    """The files that were written because they were missing or older than the records: schemas with ids in build/editor/, and, where
    the checkout has settings for VS Code, the ids as snippets beside them.
    """
    repo = project.repo
    ids = ids_by_type(project.records.values())
    folder = repo.build / "editor"
    files = {folder / name: text for name, text in schemas_with_ids(project.schemas, ids).items()}
    if (repo.root / ".vscode").is_dir():
        files[repo.root / ".vscode" / "ids.code-snippets"] = snippets(ids)
    made = [path for path, text in files.items() if write(path, text, durable=False)]
    remove_others(folder, {path.name for path in files})
    return made
