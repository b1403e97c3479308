"""Words of a case: its states, the people in it, who works on it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a case stands (code list 4.12)."""

    OPEN = "open", _("Dibuka, menunggu asesmen")
    ASSESSED = "assessed", _("Asesmen selesai")
    PLANNED = "planned", _("Rencana layanan disepakati")
    IN_SERVICE = "in_service", _("Layanan berjalan")
    REFERRED = "referred", _("Dirujuk")
    LEGAL = "legal", _("Proses hukum")
    MONITORING = "monitoring", _("Pemantauan")
    CLOSED = "closed", _("Selesai")
    REOPENED = "reopened", _("Dibuka kembali")
    TRANSFERRED = "transferred", _("Dilimpahkan")


class PersonRole(TextChoices):
    """What somebody is in a case."""

    SURVIVOR = "survivor", _("Penyintas")
    CHILD = "child", _("Anak yang terdampak")
    HOUSEHOLD = "household", _("Serumah")
    ACCUSED = "accused", _("Terlapor")
    REPORTER = "reporter", _("Pelapor")


class Nationality(TextChoices):
    """Whose citizen somebody is, as coarse as the law on return needs."""

    INDONESIAN = "idn", _("WNI")
    FOREIGN = "foreign", _("WNA")
    STATELESS = "stateless", _("Tanpa kewarganegaraan")
    UNKNOWN = "unknown", _("Tidak diketahui")


class CrewRole(TextChoices):
    """What a member does in the team of one case."""

    MANAGER = "manager", _("Manajer kasus")
    OFFICER = "officer", _("Petugas pengaduan")
    COUNSELLOR = "counsellor", _("Konselor atau psikolog")
    SOCIAL = "social", _("Pekerja sosial")
    LEGAL = "legal", _("Pendamping hukum")
    HEALTH = "health", _("Tenaga kesehatan")


class ClosureReason(TextChoices):
    """Why a case ends (code list 4.13)."""

    GOALS_MET = "goals_met", _("Tujuan pemulihan tercapai")
    SELF = "self", _("Permintaan penyintas")
    TRANSFERRED = "transferred", _("Dilimpahkan")
    OUT_SCOPE = "out_scope", _("Bukan kewenangan, sudah diarahkan")
    UNREACHABLE = "unreachable", _("Tidak dapat dihubungi secara aman")
    MOVED = "moved", _("Pindah domisili")
    DECEASED = "deceased", _("Meninggal")
    COURT_FINAL = "court_final", _("Putusan berkekuatan tetap dan pemulihan selesai")
    DUPLICATE = "duplicate", _("Duplikat")
    INSUFFICIENT = "insufficient", _("Informasi tidak cukup")
    FALSE_ENTRY = "false_entry", _("Salah input atau percobaan")


class ClosureAnswer(TextChoices):
    """What a supervisor answers who is asked to close a case."""

    APPROVED = "approved", _("Disetujui")
    REFUSED = "refused", _("Belum disetujui")


class RefusalReason(TextChoices):
    """Why a case goes on although somebody asked to close it."""

    UNHEARD = "unheard", _("Penyintas belum ditanya")
    RISK = "risk", _("Risikonya belum reda")
    EARLY = "early", _("Terlalu cepat sejak tinjauan terakhir")
    UNDONE = "undone", _("Masih ada yang perlu dikerjakan")


class ReopenReason(TextChoices):
    """Why a case is taken up again."""

    ASKED = "asked", _("Penyintas meminta")
    AGAIN = "again", _("Kekerasan terjadi lagi")
    THREAT = "threat", _("Ada ancaman baru")
    MISTAKE = "mistake", _("Ditutup karena keliru")


class MergeReason(TextChoices):
    """Why two cases are the same: one survivor, one course of events."""

    SHE_SAID = "she_said", _("Penyintas sendiri mengatakannya")
    REPORTED_TWICE = "twice", _("Beberapa orang melaporkan hal yang sama")
    SAME_PAPERS = "papers", _("Nama dan peristiwanya sama, sudah dicocokkan")
    OPENED_TWICE = "mistake", _("Kasusnya terbuka dua kali karena keliru")


class MergeRefusal(TextChoices):
    """Why two cases stay two although somebody thought that they are one."""

    OTHER_PERSON = "person", _("Penyintasnya berbeda")
    OTHER_EVENTS = "events", _("Peristiwanya berbeda")
    UNSURE = "unsure", _("Belum pasti, tanyakan dulu kepada penyintas")
    UNSAFE = "unsafe", _("Menyatukannya membahayakan penyintas")


class MergeAnswer(TextChoices):
    """What a supervisor answers who is asked to merge two cases."""

    APPROVED = "approved", _("Disatukan")
    REFUSED = "refused", _("Tetap dua kasus")


class LinkKind(TextChoices):
    """What two reports or cases have in common."""

    SURVIVOR = "survivor", _("Penyintas yang sama")
    ACCUSED = "accused", _("Terlapor yang sama")
    INCIDENT = "incident", _("Peristiwa yang sama")


class LinkAnswer(TextChoices):
    """What the other who has one of them in hand answers."""

    AGREED = "agreed", _("Disepakati")
    DECLINED = "declined", _("Ternyata berbeda")


class TransferState(TextChoices):
    """Where a transfer to another office stands; until it is received the case is ours."""

    SENT = "sent", _("Menunggu tanda terima")
    RECEIVED = "received", _("Diterima kantor tujuan")
    WITHDRAWN = "withdrawn", _("Dibatalkan")


class ConsentBy(TextChoices):
    """Who agreed that another office gets to know."""

    SELF = "self", _("Penyintas sendiri")
    GUARDIAN = "guardian", _("Wali, bersama anaknya")
    DUTY = "duty", _("Petugas, karena kewajiban hukum")


class ConsentHow(TextChoices):
    """How the consent was given."""

    SPOKEN = "spoken", _("Lisan, bertemu langsung")
    PHONE = "phone", _("Lewat telepon")
    WRITTEN = "written", _("Tertulis")
    TICKET = "ticket", _("Lewat pesan tiket")


class GbvType(TextChoices):
    """The one core type of an incident (case_standards.md 3.1), the first that fits from the top."""

    RAPE = "rape", _("Perkosaan")
    SEXUAL_ASSAULT = "sexual_assault", _("Serangan seksual")
    PHYSICAL_ASSAULT = "physical_assault", _("Serangan fisik")
    FORCED_MARRIAGE = "forced_marriage", _("Pemaksaan perkawinan")
    DENIAL = "denial", _("Penyangkalan sumber daya, kesempatan, atau layanan")
    EMOTIONAL = "emotional", _("Kekerasan psikis atau emosional")
    NONE = "none", _("Bukan kekerasan berbasis gender")


class Lowering(TextChoices):
    """What became of a final band below the computed one."""

    ASKED = "asked", _("menunggu penyelia")
    CONFIRMED = "confirmed", _("disetujui penyelia")
    REFUSED = "refused", _("tidak disetujui penyelia")


class LowerReason(TextChoices):
    """Why less danger is seen than the instrument computed."""

    AWAY = "away", _("Terlapor ditahan atau tidak dapat mendekat")
    SAFE = "safe", _("Penyintas sudah di tempat aman")
    PAST = "past", _("Yang dijawab ya sudah lama dan tidak berulang")
    PROTECTED = "protected", _("Pelindungan berjalan dan dipatuhi")
    MEANT = "meant", _("Jawaban penyintas bermaksud lain")


class RetaliationKind(TextChoices):
    """How somebody was made to pay for the report."""

    THREAT = "threat", _("Diancam")
    VIOLENCE = "violence", _("Disakiti lagi")
    FOLLOWED = "followed", _("Dibuntuti atau didatangi")
    CAST_OUT = "cast_out", _("Diusir atau diputus nafkahnya")
    WORK = "work", _("Dipersulit di tempat kerja atau sekolah")
    ACCUSED_BACK = "accused_back", _("Dilaporkan balik")
    EXPOSED = "exposed", _("Disebarkan aib atau identitasnya")
    FAMILY = "family", _("Keluarga, saksi, atau pendamping ditekan")


class VisumStatus(TextChoices):
    """Where the forensic examination stands (code list 4.15)."""

    OFFERED = "offered", _("Ditawarkan")
    EMERGENCY = "emergency_care", _("Perawatan dulu, visum menyusul")
    POLICE_REPORT = "lp_made", _("Laporan polisi dibuat")
    LETTER_ASKED = "spv_requested", _("Surat permintaan visum diminta")
    LETTER = "spv_issued", _("Surat permintaan visum terbit")
    SCHEDULED = "exam_scheduled", _("Pemeriksaan dijadwalkan")
    DELAYED = "delayed", _("Tertunda")
    EXAMINED = "exam_done", _("Pemeriksaan selesai")
    PSYCHIATRIC = "psych_report", _("Visum psikiatrikum atau keterangan ahli")
    SENT = "result_sent", _("Hasil dikirim ke penyidik")
    CONFIRMED = "result_confirmed", _("Hasil diterima penyidik")
    DECLINED = "declined", _("Tidak dikehendaki penyintas")
    NOT_NEEDED = "not_needed", _("Tidak diperlukan")


class VisumDelay(TextChoices):
    """Why an examination waits (code list 4.15)."""

    FEE = "fee", _("Diminta biaya")
    DISTANCE = "distance", _("Jarak atau transportasi")
    DOCTOR = "doctor", _("Dokter belum ada")
    LETTER = "letter", _("Surat belum terbit")
    NOT_READY = "not_ready", _("Penyintas belum siap")


class JusticeStage(TextChoices):
    """How far the law has come (code list 4.22)."""

    REPORTED = "lp", _("Laporan polisi (LP)")
    INQUIRY = "lidik", _("Penyelidikan")
    INVESTIGATION = "sidik", _("Penyidikan")
    FIRST = "tahap_1", _("Tahap I")
    RETURNED = "p19", _("P-19, dikembalikan")
    COMPLETE = "p21", _("P-21, lengkap")
    SECOND = "tahap_2", _("Tahap II")
    TRIAL = "sidang", _("Sidang")
    VERDICT = "putusan", _("Putusan")
    APPEAL = "banding", _("Banding atau kasasi")
    FINAL = "inkrah", _("Berkekuatan tetap")
    STOPPED = "sp3", _("SP3, dihentikan")
    DIVERSION = "diversi", _("Diversi")
    WITHDRAWN = "dicabut", _("Dicabut")
    NOT_PURSUED = "tidak_lanjut", _("Tidak dilanjutkan")
    WAITS = "waits", _("Belum memberi tahu polisi, keputusan penyelia")


class WaitReason(TextChoices):
    """Why the police are not told yet (UU 12/2022 article 41 asks for it within 3 x 24 hours)."""

    ASKED = "asked", _("Penyintas meminta waktu")
    UNSAFE = "unsafe", _("Memberi tahu sekarang membahayakan penyintas")
    CHILD = "child", _("Kepentingan terbaik anak sedang ditimbang")
    KNOWN = "known", _("Polisi sudah tahu dari pihak lain")


class ProtectionKind(TextChoices):
    """Which law protects, and so how long."""

    TPKS = "tpks", _("Pelindungan sementara polisi, TPKS (paling lama 14 hari)")
    HOME = "pkdrt", _("Pelindungan sementara polisi, PKDRT (paling lama 7 hari)")
    COURT = "court", _("Penetapan pengadilan (paling lama 1 tahun)")


class Copy(TextChoices):
    """Whether it is safe that a copy of the safety plan leaves the office (case_standards.md 3.8)."""

    NO = "no", _("Tidak, rencana tetap di sini")
    SAFE = "safe", _("Ya, di tempat yang aman")


class GoalState(TextChoices):
    """How far a goal has come."""

    OPEN = "open", _("berjalan")
    REACHED = "reached", _("tercapai")
    DROPPED = "dropped", _("tidak dilanjutkan")


class GoalWho(TextChoices):
    """Who takes the next step towards a goal."""

    CREW = "crew", _("Tim kasus")
    SURVIVOR = "survivor", _("Penyintas")
    TOGETHER = "together", _("Bersama-sama")
    PARTNER = "partner", _("Lembaga mitra")


class GlassReason(TextChoices):
    """Why somebody opens a case without a place in its team."""

    DANGER = "danger", _("Ada bahaya sekarang")
    MANAGER = "manager", _("Manajer kasus tidak dapat dihubungi")
    COURT = "court", _("Sidang atau pemeriksaan hari ini")
    OTHER = "other", _("Sebab lain, dijelaskan kepada penyelia")


class Opening(TextChoices):
    """What was opened of a case, as a survivor is told."""

    READ = "vault.read", _("membaca yang tertulis")
    FILE = "vault.file_read", _("membuka berkas bukti")
    LIST = "vault.list_read", _("melihat nama di daftar kerja")
    GLASS = "case.glass_broken", _("akses darurat, paling lama 30 menit")
    PACKET = "packet.made", _("menyusun paket bukti yang diizinkan penyelia")
    SHARED = "vault.granted_read", _("membaca bagian yang disetujui penyintas")
    OWN = "vault.own_read", _("membaca lagi yang ditulisnya sendiri saat melaporkan")
    SENT = "case.sent", _("mengunci bagian yang diizinkan untuk kantor di kota lain")


class ReviewQuestion(TextChoices):
    """What a supervisor asks of a case drawn at random."""

    RISK = "risk", _("Risiko dinilai tepat waktu dan ditindaklanjuti")
    SAFETY = "safety", _("Ada rencana keselamatan yang sesuai risikonya")
    RIGHTS = "rights", _("Hak dijelaskan dan diminta sesuai pilihan penyintas")
    CONTACT = "contact", _("Penyintas dihubungi sesuai cara dan waktu amannya")
    PLAN = "plan", _("Rencana ditinjau pada waktunya")


class Found(TextChoices):
    """What a review found."""

    YES = "yes", _("ya")
    PARTLY = "partly", _("sebagian")
    NO = "no", _("tidak")
    NOT_DUE = "not_due", _("belum waktunya")


class FollowUp(TextChoices):
    """What comes of a review."""

    NONE = "none", _("Tidak ada")
    TALK = "talk", _("Dibicarakan dengan manajer kasus")
    HELP = "help", _("Tim perlu bantuan atau pelatihan")
    NOW = "now", _("Ditindaklanjuti hari ini")


class ContactWay(TextChoices):
    """How somebody of the office tried to reach the survivor."""

    PHONE = "phone", _("Telepon")
    TEXT = "text", _("Pesan ke ponsel")
    TICKET = "ticket", _("Pesan lewat tiket")
    VISIT = "visit", _("Berkunjung")
    MET = "met", _("Bertemu di kantor atau layanan")


class ContactOutcome(TextChoices):
    """What came of an attempt to reach the survivor."""

    REACHED = "reached", _("Berbicara dengan penyintas")
    NO_ANSWER = "no_answer", _("Tidak dijawab")
    UNSAFE = "unsafe", _("Belum aman untuk berbicara")
    WRONG_PERSON = "wrong_person", _("Orang lain yang menjawab")
    NO_MESSAGE = "no_message", _("Tidak dijawab, tanpa meninggalkan pesan")


class TaskKind(TextChoices):
    """What sort of thing somebody is to do."""

    CALL = "call", _("Menghubungi seseorang")
    ACCOMPANY = "accompany", _("Mendampingi")
    PAPERS = "papers", _("Mengurus surat")
    ARRANGE = "arrange", _("Mengatur layanan")
    SUPPORT = "support", _("Menawarkan bantuan ekonomi sementara")
    RESCORE = "rescore", _("Menilai ulang risiko")
    OTHER = "other", _("Lainnya")


class TaskState(TextChoices):
    """Whether a task is still to be done."""

    OPEN = "open", _("Belum selesai")
    DONE = "done", _("Selesai")
    DROPPED = "dropped", _("Tidak perlu lagi")


class GrantReason(TextChoices):
    """Why somebody of the team asks to read a part of the assessment that another place writes."""

    PLAN = "plan", _("Menyusun rencana bersama penyintas")
    VISIT = "visit", _("Mendampingi atau menjangkau")
    STAND_IN = "stand_in", _("Menggantikan rekan")
    COURT = "court", _("Sidang atau pemeriksaan")
    SUPERVISION = "supervision", _("Penyeliaan")
    OTHER = "other", _("Sebab lain, dijelaskan langsung")
