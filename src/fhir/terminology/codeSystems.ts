/** The identifiers of the code systems that ClinikAPI's fields draw on (https://hl7.org/fhir/R4/terminologies-systems.html). */
export const SYSTEM = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  actPriority: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  participationType: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  participantType: 'http://terminology.hl7.org/CodeSystem/participant-type',
  diagnosticService: 'http://terminology.hl7.org/CodeSystem/v2-0074',
  diagnosisRole: 'http://terminology.hl7.org/CodeSystem/diagnosis-role',
  taskCode: 'http://hl7.org/fhir/CodeSystem/task-code',
  admitSource: 'http://terminology.hl7.org/CodeSystem/admit-source',
  dischargeDisposition: 'http://terminology.hl7.org/CodeSystem/discharge-disposition',
  reAdmission: 'http://terminology.hl7.org/CodeSystem/v2-0092',
  diet: 'http://terminology.hl7.org/CodeSystem/diet',
  specialArrangements: 'http://terminology.hl7.org/CodeSystem/encounter-special-arrangements',
  dataAbsentReason: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  nullFlavor: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor',
  patientClass: 'http://terminology.hl7.org/CodeSystem/v2-0004',
  encounterClass: 'http://hl7.org/fhir/encounter-class',
} as const;

/**
 * The words that a payload may use for the codes of one system. For most the word is the code; ClinikAPI's slugs stand
 * for LOINC codes.
 */
export interface Vocabulary {
  readonly system: string;
  /** Word to code and, where R4's own definitions have one, its display. */
  readonly words: { readonly [word: string]: { readonly code: string; readonly display?: string } };
}

/** A vocabulary whose words are the system's codes, with R4's displays. */
function codes(system: string, displays: { readonly [code: string]: string }): Vocabulary {
  return {
    system,
    words: Object.fromEntries(Object.entries(displays).map(([code, display]) => [code, { code, display }])),
  };
}

/** A vocabulary of slugs. LOINC's displays change between releases, so none is written. */
function slugs(loinc: { readonly [slug: string]: string }): Vocabulary {
  return {
    system: SYSTEM.loinc,
    words: Object.fromEntries(Object.entries(loinc).map(([slug, code]) => [slug, { code }])),
  };
}

/** https://hl7.org/fhir/R4/v3/ActEncounterCode/vs.html */
const ENCOUNTER_CLASSES = {
  AMB: 'ambulatory',
  EMER: 'emergency',
  FLD: 'field',
  HH: 'home health',
  IMP: 'inpatient encounter',
  ACUTE: 'inpatient acute',
  NONAC: 'inpatient non-acute',
  OBSENC: 'observation encounter',
  PRENC: 'pre-admission',
  SS: 'short stay',
  VR: 'virtual',
};

export const actEncounterCode = codes(SYSTEM.actCode, ENCOUNTER_CLASSES);

/**
 * What a class of another system of HL7's is in v3-ActCode: of version 2 by HL7's map of table 0004
 * (https://hl7.org/fhir/uv/v2mappings/ConceptMap-table-hl70004-to-v3-actcode.html), of DSTU2 by the converter of HL7's validator. What they
 * leave open, and `daytime`, for which the way back gives another class, is not here.
 */
export const encounterClasses: {
  readonly [system: string]: { readonly [code: string]: keyof typeof ENCOUNTER_CLASSES };
} = {
  [SYSTEM.patientClass]: { E: 'EMER', I: 'IMP', O: 'AMB', P: 'PRENC' },
  [SYSTEM.encounterClass]: {
    inpatient: 'IMP',
    outpatient: 'AMB',
    ambulatory: 'AMB',
    emergency: 'EMER',
    home: 'HH',
    field: 'FLD',
    virtual: 'VR',
  },
};

/** https://hl7.org/fhir/R4/v3/ActPriority/cs.html */
export const actPriority = codes(SYSTEM.actPriority, {
  A: 'ASAP',
  CR: 'callback results',
  CS: 'callback for scheduling',
  CSP: 'callback placer for scheduling',
  CSR: 'contact recipient for scheduling',
  EL: 'elective',
  EM: 'emergency',
  P: 'preop',
  PRN: 'as needed',
  R: 'routine',
  RR: 'rush reporting',
  S: 'stat',
  T: 'timing critical',
  UD: 'use as directed',
  UR: 'urgent',
});

/** https://hl7.org/fhir/R4/codesystem-diagnosis-role.html */
export const diagnosisRole = codes(SYSTEM.diagnosisRole, {
  AD: 'Admission diagnosis',
  DD: 'Discharge diagnosis',
  CC: 'Chief complaint',
  CM: 'Comorbidity diagnosis',
  'pre-op': 'pre-op diagnosis',
  'post-op': 'post-op diagnosis',
  billing: 'Billing',
});

/** https://hl7.org/fhir/R4/codesystem-encounter-admit-source.html */
export const admitSource = codes(SYSTEM.admitSource, {
  'hosp-trans': 'Transferred from other hospital',
  emd: 'From accident/emergency department',
  outp: 'From outpatient department',
  born: 'Born in hospital',
  gp: 'General Practitioner referral',
  mp: 'Medical Practitioner/physician referral',
  nursing: 'From nursing home',
  psych: 'From psychiatric hospital',
  rehab: 'From rehabilitation facility',
  other: 'Other',
});

/** https://hl7.org/fhir/R4/codesystem-encounter-discharge-disposition.html */
export const dischargeDisposition = codes(SYSTEM.dischargeDisposition, {
  home: 'Home',
  'alt-home': 'Alternative home',
  'other-hcf': 'Other healthcare facility',
  hosp: 'Hospice',
  long: 'Long-term care',
  aadvice: 'Left against advice',
  exp: 'Expired',
  psy: 'Psychiatric hospital',
  rehab: 'Rehabilitation',
  snf: 'Skilled nursing facility',
  oth: 'Other',
});

/** https://hl7.org/fhir/R4/v2/0092/index.html */
export const reAdmission = codes(SYSTEM.reAdmission, {
  R: 'Re-admission',
});

/** https://hl7.org/fhir/R4/codesystem-encounter-diet.html */
export const diet = codes(SYSTEM.diet, {
  vegetarian: 'Vegetarian',
  'dairy-free': 'Dairy Free',
  'nut-free': 'Nut Free',
  'gluten-free': 'Gluten Free',
  vegan: 'Vegan',
  halal: 'Halal',
  kosher: 'Kosher',
});

/** https://hl7.org/fhir/R4/codesystem-encounter-special-arrangements.html */
export const specialArrangements = codes(SYSTEM.specialArrangements, {
  wheel: 'Wheelchair',
  'add-bed': 'Additional bedding',
  int: 'Interpreter',
  att: 'Attendant',
  dog: 'Guide dog',
});

/** https://hl7.org/fhir/R4/codesystem-task-code.html */
export const taskCode = codes(SYSTEM.taskCode, {
  approve: 'Activate/approve the focal resource',
  fulfill: 'Fulfill the focal request',
  abort: 'Mark the focal resource as no longer active',
  replace: 'Replace the focal resource with the input resource',
  change: 'Change the focal resource',
  suspend: 'Suspend the focal resource',
  resume: 'Re-activate the focal resource',
});

/** https://hl7.org/fhir/R4/v2/0074/index.html */
export const diagnosticService = codes(SYSTEM.diagnosticService, {
  AU: 'Audiology',
  BG: 'Blood Gases',
  BLB: 'Blood Bank',
  CG: 'Cytogenetics',
  CH: 'Chemistry',
  CP: 'Cytopathology',
  CT: 'CAT Scan',
  CTH: 'Cardiac Catheterization',
  CUS: 'Cardiac Ultrasound',
  EC: 'Electrocardiac (e.g., EKG,  EEC, Holter)',
  EN: 'Electroneuro (EEG, EMG,EP,PSG)',
  GE: 'Genetics',
  HM: 'Hematology',
  ICU: 'Bedside ICU Monitoring',
  IMG: 'Diagnostic Imaging',
  IMM: 'Immunology',
  LAB: 'Laboratory',
  MB: 'Microbiology',
  MCB: 'Mycobacteriology',
  MYC: 'Mycology',
  NMR: 'Nuclear Magnetic Resonance',
  NMS: 'Nuclear Medicine Scan',
  NRS: 'Nursing Service Measures',
  OSL: 'Outside Lab',
  OT: 'Occupational Therapy',
  OTH: 'Other',
  OUS: 'OB Ultrasound',
  PAR: 'Parasitology',
  PAT: 'Pathology (gross & histopath, not surgical)',
  PF: 'Pulmonary Function',
  PHR: 'Pharmacy',
  PHY: 'Physician (Hx. Dx, admission note, etc.)',
  PT: 'Physical Therapy',
  RAD: 'Radiology',
  RC: 'Respiratory Care (therapy)',
  RT: 'Radiation Therapy',
  RUS: 'Radiology Ultrasound',
  RX: 'Radiograph',
  SP: 'Surgical Pathology',
  SR: 'Serology',
  TX: 'Toxicology',
  URN: 'Urinalysis',
  VR: 'Virology',
  VUS: 'Vascular Ultrasound',
  XRC: 'Cineradiograph',
});

/** ClinikAPI's document types. */
export const documentTypes = slugs({
  'discharge-summary': '18842-5',
  'referral-letter': '57133-1',
  'care-plan': '18776-5',
  'operative-report': '11504-8',
  'transfer-summary': '18761-7',
  'consultation-report': '11488-4',
});

/** ClinikAPI's document sections of which the LOINC code is certain; other slugs stay text. */
export const sectionCodes = slugs({
  'chief-complaint': '10154-3',
  'hospital-course': '8648-8',
  'physical-exam': '29545-1',
  medications: '10160-0',
});

/** The responsible participant, the attender, and any other (https://hl7.org/fhir/R4/v3/ParticipationType/cs.html). */
export const PARTICIPATION = {
  responsible: { system: SYSTEM.participationType, code: 'PPRF', display: 'primary performer' },
  attender: { system: SYSTEM.participationType, code: 'ATND', display: 'attender' },
  other: { system: SYSTEM.participationType, code: 'PART', display: 'Participation' },
} as const;

/** Confidentiality above the normal (https://hl7.org/fhir/R4/v3/ConfidentialityClassification/vs.html). */
export const RESTRICTED: ReadonlySet<string> = new Set(['R', 'V']);

/** The codes of v3-ActCode below _InformationSensitivityPolicy (https://hl7.org/fhir/R4/v3/InformationSensitivityPolicy/vs.html). */
export const SENSITIVITY: ReadonlySet<string> = new Set(
  (
    '_ActInformationSensitivityPolicy _EntitySensitivityPolicyType _InformationSensitivityPolicy ' +
    '_RoleInformationSensitivityPolicy ETH GDIS HIV MST SCA SDV SEX SPI BH COGN DVD EMOTDIS MH PSY PSYTHPN SUD ETHUD OPIOIDUD STD TBOO VIO SICKLE ' +
    'DEMO DOB GENDER LIVARG MARST RACE REL B EMPL LOCIS SSP ADOL CEL DIA DRGIS EMP PDS PHY PRS'
  ).split(' '),
);
