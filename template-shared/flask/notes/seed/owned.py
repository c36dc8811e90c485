@bp.cli.command("seed")
@click.argument("email")
def seed(email: str) -> None:
    """Write some example notes for somebody."""
    user = db.session.scalars(select(User).filter_by(email=email)).one()
    numbers = range(1, 26)
    db.session.add_all(
        Note(owner_id=user.id, title=f"Example {number}", body="Made up.") for number in numbers
    )
    db.session.commit()
