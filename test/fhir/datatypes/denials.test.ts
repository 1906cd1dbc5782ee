import { describe, expect, it } from '@jest/globals';
import { denies } from '../../../src/fhir/datatypes/denials.js';

describe('words that deny or doubt a code', () => {
  it.each([
    // English
    ...[
      'MI excluded',
      'R/O MI',
      'r/o MI',
      'Rule out MI',
      'MI ruled out',
      'MI, rule-out',
      'no MI',
      'No evidence of MI',
      'MI: no',
    ],
    ...[
      'MI: none',
      'MI: negative',
      'MI: false',
      'MI (-)',
      'MI -',
      'MI -ve',
      'MI?',
      '? MI',
      'Free of MI',
      'MI not found',
      'not MI',
    ],
    ...[
      "wasn't MI",
      'wasn’t MI',
      "doesn't have MI",
      'denies MI',
      'absence of MI',
      'MI absent',
      'MI unlikely',
      'neg. for MI',
    ],
    ...['possible MI', 'probable MI', 'suspected MI', 'MI likely', 'query MI', 'DDx MI', 'presumed MI', 'non-MI'],
    ...[
      'Hx of MI',
      'history of MI',
      'H/o MI',
      'h/o MI',
      'status post MI',
      's/p MI',
      'S/P MI',
      'previous MI',
      'Prior MI',
      'PMH: MI',
    ],
    ...['family history of MI', 'Family history: MI', 'FHx MI', 'FHx: MI', 'MI (family history)'],
    ...[
      'exposure to MI',
      'screening for MI',
      'MI screening',
      'vaccination against MI',
      'risk of MI',
      'at risk for MI',
      'without MI',
    ],
    ...[
      'NO MI',
      'MI EXCLUDED',
      'not MI, not otherwise specified',
      'absence seizure, no MI',
      'No. 5: no MI',
      'ø MI',
      'w/o MI',
    ],
    // German
    ...[
      'V.a. MI',
      'V. a. MI',
      'Verdacht auf MI',
      'Vd. MI',
      'Z.n. MI',
      'Z. n. MI',
      'Zustand nach MI',
      'wahrscheinlich MI',
      'fraglich MI',
    ],
    ...[
      'fragliche MI',
      'MI: nein',
      'MI verneint',
      'MI ausgeschlossen',
      'kein MI',
      'keine MI',
      'Kein Anhalt für MI',
      'MI möglich',
    ],
    ...[
      'mo\u0308glicher MI',
      'ohne MI',
      'Ausschluss MI',
      'MI nicht nachweisbar',
      'frei von MI',
      'Impfung gegen MI',
      'Familienanamnese: MI',
    ],
    // French, Spanish, Italian
    ...[
      'pas de MI',
      'absence de MI',
      'suspicion de MI',
      'antécédent de MI',
      'Antécédents de MI',
      'ante\u0301ce\u0301dent de MI',
      'MI éliminé',
    ],
    ...[
      'sin MI',
      'MI descartado',
      'Se descarta MI',
      'sospecha de MI',
      'antecedente de MI',
      'Antecedentes de MI',
      'niega MI',
    ],
    ...[
      'sospetta MI',
      'sospetto MI',
      'assenza di MI',
      'MI escluso',
      'MI esclusa',
      'anamnesi di MI',
      'senza MI',
      'nessun MI',
    ],
    // Polish, Dutch, Portuguese, Nordic
    ...['brak MI', 'wykluczono MI', 'podejrzenie MI', 'stan po MI', 'bez MI', 'MI wykluczony'],
    ...[
      'geen MI',
      'MI uitgesloten',
      'verdenking MI',
      'zonder MI',
      'MI niet',
      'não MI',
      'sem MI',
      'inte MI',
      'ingen MI',
      'utan MI',
    ],
  ])('%s', (text) => {
    expect(denies(text, 'MI')).toBe(true);
    expect(denies(text, undefined)).toBe(true);
  });

  it.each([
    ['Migraine without aura', 'No migraine without aura'],
    ['Migraine without aura', 'No migraine'],
    ['Concussion with no loss of consciousness', 'no concussion'],
    ['Non-Hodgkin lymphoma', 'No non-Hodgkin lymphoma'],
    ['Absence seizure', 'No absence seizure'],
    ['Hodgkin lymphoma', 'Non-Hodgkin lymphoma'],
    ['ST elevation myocardial infarction', 'Non-ST elevation myocardial infarction'],
    ['HER2 positive breast cancer', 'HER2 negative breast cancer'],
    ['Malignant neoplasm of breast', 'No triple negative breast cancer'],
    ['History of MI', 'Family history of MI'],
    ['History of MI', 'No history of MI'],
    ['Suspected COVID-19', 'Suspected COVID-19 excluded'],
    ['Diabetes', 'Pain without diabetes'],
    ['Malignant neoplasm of breast', 'Vaccination against neoplasm'],
  ])('beside %s: %s', (display, text) => {
    expect(denies(text, display)).toBe(true);
  });

  it.each([
    ['Petit mal epilepsy', 'Absence seizure'],
    ['Petit mal epilepsy', 'Childhood absence epilepsy'],
    ['Malignant neoplasm of breast', 'Triple negative breast cancer'],
    ['Malignant neoplasm of breast', 'Breast cancer, triple-negative'],
    ['Malignant neoplasm of breast', 'HER2-negative carcinoma'],
    ['Sepsis due to Escherichia coli', 'Gram-negative sepsis'],
    ['Malignant neoplasm of lung', 'Non-small cell lung cancer'],
    ['Malignant neoplasm of lung', 'Non small cell carcinoma'],
    ['Malignant lymphoma', 'Non-Hodgkin lymphoma'],
    ['Acute myocardial infarction', 'Non-ST elevation infarct'],
    ['Type 2 diabetes mellitus', 'Non-insulin-dependent diabetes'],
    ['Fatty liver', 'NASH: non-alcoholic steatohepatitis'],
    ['Cranial nerve palsy', 'No. 5 cranial nerve palsy'],
    ['Noonan syndrome', 'Noonan’s syndrome'],
    ['Nocturia', 'Nocturnal enuresis, nodular'],
    ['Type 2 diabetes mellitus', 'Type 2 diabetes mellitus without complications'],
    ['Concussion', 'Concussion with no loss of consciousness'],
    ['Pneumonia', 'Pneumonia, not otherwise specified'],
    ['Asthma', 'Asthma, not elsewhere classified'],
    ['Pneumonie', 'Pneumonie, nicht näher bezeichnet'],
    ['Amputated leg', 'Acquired absence of leg'],
    ['No abnormality detected', 'Keine Auffälligkeiten'],
    ['COVID-19 negative', 'Negative for COVID-19'],
    ['COVID-19 not detected', 'COVID-19: not detected'],
    ['History of MI', 'H/o MI'],
    ['Suspected COVID-19', 'V.a. COVID-19'],
    ['Braxton Hicks contractions', 'False labour'],
    ['Contact dermatitis', 'Dermatitis by contact'],
    ['Sinusitis', 'Sinus infection'],
    ['COVID-19', 'Covid 19 (+)'],
    ['May-Thurner syndrome', 'May Thurner'],
    ['MI', ''],
  ])('are no part of a name: %s beside %s', (display, text) => {
    expect(denies(text, display)).toBe(false);
  });

  it('are found in the time that the length of a text takes', () => {
    const long = 'no '.repeat(50_000);
    expect(denies(long, 'MI')).toBe(true);
    expect(denies('-v'.repeat(50_000), 'MI')).toBe(false);
  });
});
