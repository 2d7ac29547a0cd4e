"""Registers as ministries send them, mistakes and all."""

INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def inn(number: int) -> str:
    """Return a right ИНН of an organization that no other table has: in the region 00, which does
    not exist, and above all numbers that the demo draws.
    """
    digits = f"0098{number:05d}"
    total = sum(int(d) * weight for d, weight in zip(digits, INN_WEIGHTS, strict=True))
    return f"{digits}{total % 11 % 10}"


def wrong_inn(number: int) -> str:
    """Return an ИНН whose control digit is wrong."""
    right = inn(number)
    return f"{right[:-1]}{(int(right[-1]) + 1) % 10}"


def broken_register() -> bytes:
    """Return a table in code page 1251 with semicolons: rows 2 to 5, of which one is right.

    Row 3 has a wrong ИНН, row 4 a municipality that does not exist, row 5 a formula; the header of
    the municipality is unknown.
    """
    rows = [
        ("наименование", "вид", "Чья школа", "ИНН", "адрес"),
        ("Тулвинская школа", "школа", "Пермский городской округ", inn(1), "ул. Первая, 1"),
        ("Ирендыкская школа", "школа", "Пермский городской округ", wrong_inn(2), "ул. Вторая, 2"),
        ("Чусовлянская школа", "школа", "Нет такого округа", inn(3), "ул. Третья, 3"),
        (
            '"=HYPERLINK(""http://formula.example"")"',
            "школа",
            "Пермский городской округ",
            inn(4),
            "ул. Четвёртая, 4",
        ),
    ]
    return "\r\n".join(";".join(row) for row in rows).encode("cp1251")
