"""Words of a ticket: its public stages and next steps (code list 4.12)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """What the holder of a ticket may see of the way it goes. There is no stage for refusal."""

    RECEIVED = "received", _("Laporan diterima")
    REVIEW = "review", _("Sedang ditelaah")
    PREPARING = "preparing", _("Layanan disiapkan")
    RUNNING = "running", _("Layanan berjalan")
    PASSED_ON = "passed_on", _("Diteruskan ke layanan yang tepat")
    MONITORING = "monitoring", _("Pemantauan dan pemulihan")
    DONE = "done", _("Selesai")


class NextStep(TextChoices):
    """What happens next, said to the reporter in one sentence."""

    READ = "read", _("Petugas membaca laporan Anda, paling lama 24 jam sejak dikirim.")
    ASSESS = "assess", _("Petugas menelaah kebutuhan dan keselamatan Anda.")
    ANSWER = "answer", _("Kami menunggu jawaban Anda di halaman pesan. Tidak perlu tergesa.")
    PARTNER = "partner", _("Lembaga yang tepat menerima laporan ini dan menindaklanjuti.")
    GUIDED = "guided", _("Kami sudah mengirim arahan di halaman pesan.")
    ELSEWHERE = (
        "elsewhere",
        _(
            "Untuk hal ini ada layanan lain yang lebih tepat; nomornya ada di halaman depan. "
            "Kalau keliru, tulis di halaman pesan."
        ),
    )
    PLAN = "plan", _("Petugas menyusun rencana bersama Anda.")
    PREPARE = "prepare", _("Layanan yang Anda setujui sedang disiapkan.")
    SERVICE = "service", _("Layanan berjalan. Kabar berikutnya lewat cara yang Anda pilih.")
    REVIEW = "review", _("Kami menanyakan kabar Anda dari waktu ke waktu.")
    RETURN = "return", _("Tidak ada langkah lagi. Anda bisa membuka lagi kapan saja.")


# What these say to whoever asked a question and has made no report of it.
STAGES_OF_QUESTIONS = {
    Stage.RECEIVED: _("Pertanyaan Anda kami terima"),
    Stage.REVIEW: _("Sedang kami jawab"),
}
STEPS_OF_QUESTIONS = {
    NextStep.READ: _("Petugas membaca pertanyaan Anda, paling lama 24 jam sejak dikirim."),
    NextStep.ASSESS: _("Petugas menyiapkan jawaban untuk Anda."),
}


class OpinionQuestion(TextChoices):
    """What a survivor is asked once her case has ended; each may be skipped."""

    SAFE = "safe", _("Apakah Anda merasa aman bersama kami?")
    HEARD = "heard", _("Apakah Anda didengarkan?")
    PROMISED = "promised", _("Apakah yang kami janjikan terjadi?")
    AGAIN = "again", _("Kalau perlu, maukah Anda datang lagi?")


class OpinionAnswer(TextChoices):
    """What she says to one of them."""

    YES = "yes", _("Ya")
    PARTLY = "partly", _("Sebagian")
    NO = "no", _("Tidak")
