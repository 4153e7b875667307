"""Memberships, levels, stages and holdings get ids; what was entered here is told apart."""

import django.db.models.deletion
from django.db import migrations, models


def give_ids(apps, schema_editor):
    """The ids the shipped rows have from now on; a second row of one kind is numbered."""

    def number(model, stem_of, **more):
        taken = set()
        for row in model.objects.order_by("pk").iterator():
            stem = stem_of(row)
            ref, n = stem, 2
            while ref in taken:
                ref, n = f"{stem}-{n}", n + 1
            taken.add(ref)
            model.objects.filter(pk=row.pk).update(ref=ref, **{k: f(row) for k, f in more.items()})

    def model(name):
        return apps.get_model("directory", name)

    number(
        model("Membership"),
        lambda r: f"{r.bloc.ref}.{r.member.ref}",
        source_id=lambda r: r.bloc.source_id,
        sure=lambda r: r.bloc.sure,
    )
    number(model("RelationLevel"), lambda r: f"{r.partner.ref}.{r.level}".replace("_", "-"))
    number(
        model("Stage"),
        lambda r: ".".join(
            [
                r.agreement.partner.ref,
                r.side.ref if r.side else "all",
                r.stage.replace("_", "-"),
                r.source_id.lower(),
            ]
        ),
    )
    number(
        model("Holding"),
        lambda r: f"{r.person.ref}.{r.office.ref}{'.acting' if r.is_acting else ''}",
    )
    for name in ("Holding", "Office"):
        model(name).objects.filter(source_id="local").update(is_local=True)
    model("Source").objects.filter(key="local").update(is_local=True)
    if schema_editor.connection.vendor == "postgresql":
        # Checks that wait for the end would keep the tables from being altered below.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def flag(model):
    return migrations.AddField(model, "is_local", models.BooleanField(default=False))


def ref(model, length, **options):
    return migrations.AddField(
        model, "ref", models.CharField(max_length=length, null=True), **options
    )


def unique_ref(model, length):
    return migrations.AlterField(model, "ref", models.CharField(max_length=length, unique=True))


_CERTAINTY = [
    ("A", "Two or more sources, or the official text"),
    ("B", "One source"),
    ("C", "To be checked"),
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        flag("source"),
        flag("office"),
        flag("person"),
        flag("holding"),
        flag("membership"),
        flag("relationlevel"),
        flag("agreement"),
        flag("stage"),
        ref("membership", 200),
        ref("relationlevel", 200),
        ref("stage", 240),
        ref("holding", 240),
        migrations.AddField(
            "membership",
            "source",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.source",
            ),
        ),
        migrations.AddField(
            "membership",
            "sure",
            models.CharField(max_length=1, choices=_CERTAINTY, default="C"),
            preserve_default=False,
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        unique_ref("membership", 200),
        unique_ref("relationlevel", 200),
        unique_ref("stage", 240),
        unique_ref("holding", 240),
        migrations.AlterField(
            "membership",
            "source",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.source",
            ),
        ),
        migrations.RemoveConstraint("membership", "member_once"),
        migrations.AlterModelOptions("membership", {"ordering": ["since", "id"]}),
    ]
