"""The categories that a file names, found or made."""

from collections.abc import Iterable

from claimdesk.catalog.models import Category

Path = tuple[str, ...]


class Shelves:
    """Every category by the names from the top down, whatever the case; those that are missing are made."""

    def __init__(self, paths: Iterable[Path]) -> None:
        rows = {row.pk: row for row in Category.objects.all()}
        self.found: dict[Path, Category] = {}
        for row in rows.values():
            self.found[_folded(self._names(row, rows))] = row
        for path in dict.fromkeys(paths):
            self._make(path)

    def of(self, path: Path) -> Category | None:
        """Return the category of that path; none for an empty one."""
        return self.found[_folded(path)] if path else None

    def _make(self, path: Path) -> None:
        for depth in range(1, len(path) + 1):
            names = _folded(path[:depth])
            if names not in self.found:
                parent = self.found.get(names[:-1])
                self.found[names] = Category.objects.create(name=path[depth - 1], parent=parent)

    @staticmethod
    def _names(row: Category, rows: dict[int, Category]) -> Path:
        names = [row.name]
        while row.parent_id:
            row = rows[row.parent_id]
            names.append(row.name)
        return tuple(reversed(names))


def _folded(path: Path) -> Path:
    return tuple(name.lower() for name in path)
