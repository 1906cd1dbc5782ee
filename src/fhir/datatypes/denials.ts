/** What a word does to what it stands beside. */
type Kind = 'not' | 'without' | 'doubt' | 'past' | 'other';

/**
 * Words that turn round what they stand beside, in small letters without accents, `_` between those of a phrase, and without the
 * punctuation of abbreviations: `r_o` is R/O, `v_a` is V. a. There are more in every language; what they do is said to be lost.
 */
const PHRASES: { readonly [kind in Kind]: string } = {
  not:
    '(-) (–) (−) - – − -ve ≠ ¬ ø no not none non never neg negative negated excluded exclude excludes exclusion rule_out rules_out ' +
    'ruled_out ruled ruling_out absent absence denied denies denying unlikely refuted undetected free_of clear_of cannot isn_t ' +
    'aren_t wasn_t weren_t doesn_t didn_t don_t hasn_t haven_t hadn_t can_t not_detected not_found not_present not_seen not_confirmed ' +
    'kein keine keinen keiner keinem keines nicht nein nie negativ negativer negatives ausgeschlossen ausschluss ausschliessen ' +
    'ausgeschl verneint frei_von nicht_nachweisbar nicht_nachgewiesen unwahrscheinlich widerlegt ' +
    'pas aucun aucune jamais negatif exclu exclue exclus exclues elimine eliminee ecarte ecartee refute absente ' +
    'negativo negativa negado niega descarta descartar descartado descartada ausencia ningun ninguna ninguno nunca excluido excluida ' +
    'nessun nessuna nessuno esclusa escluso escluse esclusi esclude esclusione assenza assente nega mai ' +
    'brak wykluczono wykluczony wykluczona wykluczone wykluczenie nieobecny ujemny ujemna ujemne zaprzecza ' +
    'geen niet uitgesloten uitsluiten afwezig afwezigheid negatief ontkent nooit nao nenhum nenhuma ' +
    'inte ingen inga ikke ikkje intet nej nei utesluten uteslutet udelukket utelukket',
  without: 'without with_no w_o excluding except ohne sans sin senza zonder sem bez utan uden uten',
  doubt:
    '? r_o suspect suspected suspects suspicion suspicious possible possibly probable probably likely presumed ' +
    'presumptive questionable query unconfirmed uncertain doubtful provisional differential ddx equivocal indeterminate inconclusive ' +
    'verdacht verdachts verdachtig vd v_a moglich mogliche moglicher moglicherweise wahrscheinlich wahrscheinliche wahrscheinlicher ' +
    'fraglich fragliche fraglicher fragliches vermutlich vermutet unklar ' +
    'soupcon suspecte suspectee probablement sospecha sospechado sospechada posible probablemente sospetto sospetta sospetti ' +
    'probabile possibile dubbio podejrzenie podejrzewany prawdopodobnie prawdopodobny mozliwy verdenking vermoeden vermoedelijk mogelijk ' +
    'waarschijnlijk suspeita suspeito provavel possivel misstankt misstanke mistenkt mistanke mistaenkt',
  past:
    'ex hx hx_of h_o phx pmh pmhx history history_of past_history past_medical_history status_post s_p st_p status_after condition_after ' +
    'previous previously prior former formerly resolved z_n zustand_nach status_nach anamnestisch anamnese fruherer fruhere fruheres ' +
    'antecedent antecedents atcd antecedente antecedentes anamnesi pregresso pregressa przebyty przebyta przebyte stan_po w_wywiadzie ' +
    'status_na voorgeschiedenis doorgemaakt tidligere tidigare',
  other:
    'family_history family_hx familial_history fhx famhx f_h family_medical_history familienanamnese exposure exposed contact_with ' +
    'in_contact screening screen_for vaccination vaccinated vaccine immunization immunisation immunized immunised risk_of risk_for ' +
    'risk_factor at_risk prophylaxis prevention_of test_for testing_for tested_for fear_of exposition kontakt_mit kontakt_zu impfung ' +
    'geimpft risiko_fur risiko_von prophylaxe contact_avec vaccin vaccine_contre risque_de depistage vacuna vacunacion riesgo_de ' +
    'exposicion contacto_con cribado vaccinazione vaccino rischio_di esposizione szczepienie ryzyko vaccinatie blootstelling risico_op ' +
    'contact_met',
};

/** Denials only where they end a text, as in `MI: false`; elsewhere they belong to names, as in `false labour`. */
const LAST: ReadonlySet<string> = new Set('false falsch falso falsa faux fausse falskt falsk onwaar'.split(' '));

/** Words of names that are no denials beside one of these, unless the code itself speaks of that. */
const NAMES: readonly { readonly words: string; readonly after?: string; readonly before?: string }[] = [
  {
    words: 'absence',
    before:
      'seizure seizures epilepsy epileptic attack attacks status epilepsie epilepsia epileptique epileptiques crisis convulsion anfall',
    after: 'typical atypical childhood juvenile epileptic mal epilepsie congenital acquired',
  },
  {
    words: 'negative negativ negatif negativo negativa negatief',
    before: 'pressure symptom symptoms affect endocarditis',
    after: 'triple gram rh rhesus rhd her2 er pr receptor coagulase',
  },
  {
    words: 'non',
    before:
      'small hodgkin hodgkins st stemi q insulin insulino insulinodependant insulinodipendente alcoholic alcoolique toxic rheumatic ' +
      'seminomatous infective infectious specific specifique specificata specificato precise precisee specifie specifiee ossifying ' +
      'traumatic obstructive pressure pressurized union displaced venereal ischemic ischaemic celiac coeliac compliance adherence ' +
      'neoplastic malignant suppurative purulent proliferative psychotic organic allergic cardiac functioning invasive numeric',
  },
  { words: 'not', before: 'otherwise elsewhere specified stated classified intractable' },
  { words: 'no', before: 'especificado especificada clasificado clasificada' },
  { words: 'nicht', before: 'naher anderenorts andernorts' },
  { words: 'niet', before: 'gespecificeerd nader elders' },
  { words: 'exposure', before: 'keratitis keratopathy keratoconjunctivitis' },
  { words: 'differential', before: 'count blood' },
];

const setOf = (words = ''): ReadonlySet<string> => new Set(words.split(' ').filter((word) => word !== ''));
const NAMED = new Map(
  NAMES.flatMap(({ words, before, after }) =>
    words.split(' ').map((word) => [word, { before: setOf(before), after: setOf(after) }] as const),
  ),
);

const KINDS = new Map<string, Kind>(
  (['not', 'without', 'doubt', 'past', 'other'] as const).flatMap((kind) =>
    PHRASES[kind].split(' ').map((phrase) => [phrase, kind] as const),
  ),
);

/** The most words of a phrase. */
const LONGEST = 3;

/** Words, and the signs that turn a meaning round; `/?` is a place to break a line. */
const TOKEN = /[\p{L}\p{N}]+|\/\?|\([-–−]\)|[-–−]ve(?![\p{L}\p{N}])|[-–−]$|[?≠¬]/gu;

function tokensOf(text: string): string[] {
  const plain = text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return plain.match(TOKEN) ?? [];
}

interface Denial {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
}

/** The denials of a text about a code in whose display the `known` words are. */
function denialsIn(tokens: readonly string[], known: ReadonlySet<string>): Denial[] {
  const found: Denial[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    const denial = denialAt(tokens, from, known);
    if (denial === undefined) continue;
    if (denial.kind !== 'without' || !isAddition(tokens, denial, known)) found.push(denial);
    from = denial.to - 1;
  }
  return found;
}

function denialAt(tokens: readonly string[], from: number, known: ReadonlySet<string>): Denial | undefined {
  for (let to = Math.min(from + LONGEST, tokens.length); to > from; to -= 1) {
    const kind = KINDS.get(tokens.slice(from, to).join('_'));
    if (kind === undefined) continue;
    if (to === from + 1 && isOfName(tokens, from, known)) return undefined;
    return { kind, from, to };
  }
  const isLast = from === tokens.length - 1 && from > 0;
  return isLast && LAST.has(tokens[from] ?? '') ? { kind: 'not', from, to: from + 1 } : undefined;
}

/** True for a word of a name, or for the `No.` of a number. */
function isOfName(tokens: readonly string[], at: number, known: ReadonlySet<string>): boolean {
  const [word = '', previous = '', next = ''] = [tokens[at], tokens[at - 1], tokens[at + 1]];
  if (word === 'no' && /^\d+$/.test(next) && !known.has(next)) return true;
  const name = NAMED.get(word);
  if (name === undefined) return false;
  return (name.before.has(next) && !known.has(next)) || (name.after.has(previous) && !known.has(previous));
}

/**
 * `Diabetes without complications` says more than `Diabetes`, and does not deny it; `pain without diabetes` does, and so does
 * what begins with `without`.
 */
function isAddition(tokens: readonly string[], { from, to }: Denial, known: ReadonlySet<string>): boolean {
  if (known.size === 0 || from === 0) return false;
  const before = new Set(tokens.slice(0, from));
  return [...known].every((token) => before.has(token)) || !tokens.slice(to).some((token) => known.has(token));
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * True for words that deny or doubt a code, or say that it is past, of somebody else or only feared, beyond what its display says: by
 * more words of a kind, or by one at their beginning or end where the display has none at either.
 */
export function denies(text: string, display: string | undefined): boolean {
  const tokens = tokensOf(text);
  const ofCode = tokensOf(display ?? '');
  const said = denialsIn(tokens, new Set(ofCode));
  if (said.length === 0) return false;
  const own = denialsIn(ofCode, NOTHING);
  const count = (all: readonly Denial[], kind: Kind): number => all.filter((one) => one.kind === kind).length;
  if (said.some(({ kind }) => count(said, kind) > count(own, kind))) return true;
  const isOuter = (all: readonly Denial[], length: number): boolean =>
    all.some(({ from, to }) => from === 0 || to === length);
  return isOuter(said, tokens.length) && !isOuter(own, ofCode.length);
}
