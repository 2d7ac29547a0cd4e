"""Who is where: posts, school classes, enrollments, guardianships. Facts with dates.

``ends_on`` is a fact's last day, known beforehand or written when the fact is ended;
``ended_at`` is the moment at which somebody ended it, and from then on it opens nothing.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sreda.foundation.ids import new_uid


class PostRole(models.TextChoices):
    """What a post lets its holder do; each is a role of ``access`` of the same code."""

    TEACHER = "TEACHER", _("учитель")
    CLASS_TEACHER = "CLASS_TEACHER", _("классный руководитель")
    HEAD_TEACHER = "HEAD_TEACHER", _("завуч")
    DIRECTOR = "DIRECTOR", _("директор")
    SCHOOL_ADMIN = "SCHOOL_ADMIN", _("администратор школы")
    MUNICIPAL = "MUNICIPAL", _("специалист муниципалитета")
    MINISTRY = "MINISTRY", _("специалист министерства")
    OPERATOR = "OPERATOR", _("оператор")
    AUTHOR = "AUTHOR", _("автор материалов")
    EXPERT = "EXPERT", _("эксперт")
    OBSERVER = "OBSERVER", _("федеральный наблюдатель")


class SchoolClass(models.Model):
    """A class of one school year: «8 «Б»».

    Хранит: ничего о людях.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+"
    )
    academic_year = models.ForeignKey(
        "organizations.AcademicYear", on_delete=models.PROTECT, related_name="+"
    )
    grade = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("класс")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "academic_year", "grade", "letter"],
                name="school_class_once",
            ),
            models.CheckConstraint(
                condition=Q(grade__range=(1, 12)), name="school_class_grade_1_to_12"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.grade}{self.letter}"


class Post(models.Model):
    """Somebody works somewhere. A class teacher's post names the class.

    Хранит: кто, где и в какой должности работает, с какого и по какое число.
    Зачем: чтобы открыть нужное для работы и знать, кто за что отвечает.
    Срок: пока человек работает, затем по архивным срокам.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=20, choices=PostRole.choices)
    title = models.CharField(_("должность"), max_length=200)
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="class_teachers"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("должность")
        constraints = [
            models.CheckConstraint(
                condition=Q(role="CLASS_TEACHER", school_class__isnull=False)
                | (~Q(role="CLASS_TEACHER") & Q(school_class__isnull=True)),
                name="post_class_teacher_has_class",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False),
                name="post_ended_has_last_day",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "role"], name="post_by_organization"),
            models.Index(fields=["person"], name="post_by_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role}"


class Enrollment(models.Model):
    """A pupil belongs to an organization, and there to a class.

    Хранит: где и в каком классе учится ребёнок, с какого и по какое число.
    Зачем: чтобы открыть ребёнку и родителям его уроки, а учителю — список класса.
    Срок: пока ребёнок учится, затем по архивным срокам личного дела.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+"
    )
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="enrollments"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("зачисление")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=Q(ends_on__isnull=True),
                name="enrollment_one_live",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="enrollment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False),
                name="enrollment_ended_has_last_day",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="enrollment_by_person")]

    def __str__(self) -> str:
        return f"#{self.pk} enrollment"


class Kinship(models.TextChoices):
    """Who a guardian is to the child."""

    MOTHER = "MOTHER", _("мать")
    FATHER = "FATHER", _("отец")
    GUARDIAN = "GUARDIAN", _("опекун")
    OTHER = "OTHER", _("законный представитель")


class Guardianship(models.Model):
    """Somebody represents a child. Two guardians of one child may have different rights.

    Хранит: кто чей родитель или опекун, с какого и по какое число, какие права.
    Зачем: чтобы родитель видел своего ребёнка и только своего.
    Срок: до 18 лет ребёнка или до конца опеки.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    guardian = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kinship = models.CharField(max_length=10, choices=Kinship.choices)
    may_sign = models.BooleanField(_("подписывает за ребёнка"), default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("опека")
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "child"],
                condition=Q(ends_on__isnull=True),
                name="guardianship_one_live",
            ),
            models.CheckConstraint(
                condition=~Q(guardian=F("child")), name="guardianship_of_another"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="guardianship_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False),
                name="guardianship_ended_has_last_day",
            ),
        ]
        indexes = [
            models.Index(fields=["child"], name="guardianship_by_child"),
            models.Index(fields=["guardian"], name="guardianship_by_guardian"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} guardianship"
