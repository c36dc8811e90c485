@bp.cli.command("seed")
def seed() -> None:
    """Write some example notes."""
    numbers = range(1, 26)
    db.session.add_all(Note(title=f"Example {number}", body="Made up.") for number in numbers)
    db.session.commit()
