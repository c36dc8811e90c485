@bp.cli.command("seed")
@click.argument("email")
def seed(email: str) -> None:
    """Write some example notes for somebody."""
    user = accounts.find(email)
    if not user:
        raise click.ClickException(f"{email} has no account.")
    numbers = range(1, 26)
    db.session.add_all(
        Note(owner_id=user.id, title=f"Example {number}", body="Made up.") for number in numbers
    )
    db.session.commit()
