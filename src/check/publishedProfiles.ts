/**
 * The profiles that R4 and guides which many records claim publish, by the beginning of their canonicals. A list, and not the host of
 * a canonical, tells what may be said: behind `http://hl7.org/` a record can have anything, too.
 */
const GUIDES: Readonly<Record<string, string>> = {
  // R4 itself.
  'http://hl7.org/fhir/StructureDefinition/': `
    actualgroup bmi bodyheight bodytemp bodyweight bp catalog cdshooksguidanceresponse cdshooksrequestgroup
    cdshooksserviceplandefinition cholesterol clinicaldocument computableplandefinition cqf-questionnaire cqllibrary
    devicemetricobservation diagnosticreport-genetics ehrsrle-auditevent ehrsrle-provenance
    familymemberhistory-genetic groupdefinition hdlcholesterol headcircum heartrate hlaresult ldlcholesterol
    lipidprofile observation-genetics oxygensat picoelement provenance-relevant-history resprate
    servicerequest-genetics shareableactivitydefinition shareablecodesystem shareablelibrary shareablemeasure
    shareableplandefinition shareablevalueset synthesis triglyceride vitalsigns vitalspanel`,
  // US Core, up to 9.0.0.
  'http://hl7.org/fhir/us/core/StructureDefinition/': `
    head-occipital-frontal-circumference-percentile pediatric-bmi-for-age pediatric-weight-for-height
    us-core-adi-documentreference us-core-allergyintolerance us-core-average-blood-pressure us-core-blood-pressure
    us-core-bmi us-core-body-height us-core-body-temperature us-core-body-weight us-core-care-experience-preference
    us-core-careplan us-core-careteam us-core-condition us-core-condition-encounter-diagnosis
    us-core-condition-problems-health-concerns us-core-coverage us-core-device us-core-diagnosticreport-imaging
    us-core-diagnosticreport-lab us-core-diagnosticreport-note us-core-documentreference us-core-encounter
    us-core-familymemberhistory us-core-goal us-core-head-circumference us-core-heart-rate us-core-immunization
    us-core-implantable-device us-core-location us-core-medication us-core-medicationdispense
    us-core-medicationrequest us-core-observation-adi us-core-observation-adi-documentation
    us-core-observation-clinical-result us-core-observation-clinical-test us-core-observation-clinical-test-result
    us-core-observation-imaging us-core-observation-imaging-result us-core-observation-lab
    us-core-observation-occupation us-core-observation-pregnancyintent us-core-observation-pregnancystatus
    us-core-observation-screening-assessment us-core-observation-sdoh-assessment
    us-core-observation-sexual-orientation us-core-observation-social-history us-core-observation-survey
    us-core-organization us-core-patient us-core-practitioner us-core-practitionerrole us-core-procedure
    us-core-provenance us-core-pulse-oximetry us-core-questionnaireresponse us-core-relatedperson
    us-core-respiratory-rate us-core-servicerequest us-core-sexual-orientation us-core-simple-observation
    us-core-smokingstatus us-core-specimen us-core-treatment-intervention-preference us-core-vital-signs`,
  // International Patient Summary.
  'http://hl7.org/fhir/uv/ips/StructureDefinition/': `
    AllergyIntolerance-uv-ips Bundle-uv-ips Composition-uv-ips Condition-uv-ips Device-observer-uv-ips Device-uv-ips
    DeviceUseStatement-uv-ips DiagnosticReport-uv-ips Flag-alert-uv-ips ImagingStudy-uv-ips Immunization-uv-ips
    Medication-uv-ips MedicationRequest-uv-ips MedicationStatement-uv-ips Observation-alcoholuse-uv-ips
    Observation-pregnancy-edd-uv-ips Observation-pregnancy-outcome-uv-ips Observation-pregnancy-status-uv-ips
    Observation-results-laboratory-pathology-uv-ips Observation-results-radiology-uv-ips Observation-tobaccouse-uv-ips
    Organization-uv-ips Patient-uv-ips Practitioner-uv-ips PractitionerRole-uv-ips Procedure-uv-ips Specimen-uv-ips`,
  // mCODE.
  'http://hl7.org/fhir/us/mcode/StructureDefinition/': `
    mcode-ALL-risk-assessment mcode-body-surface-area mcode-cancer-disease-status mcode-cancer-patient
    mcode-cancer-related-medication-administration mcode-cancer-related-medication-request
    mcode-cancer-related-surgical-procedure mcode-cancer-risk-assessment mcode-cancer-stage mcode-comorbidities
    mcode-deauville-scale mcode-ecog-performance-status mcode-genomic-region-studied mcode-genomic-variant
    mcode-genomics-report mcode-histologic-behavior-and-type mcode-histologic-grade mcode-history-of-metastatic-cancer
    mcode-human-specimen mcode-karnofsky-performance-status mcode-lansky-play-performance-status mcode-lymphoma-stage
    mcode-patient-bundle mcode-patient-group mcode-primary-cancer-condition mcode-radiotherapy-course-summary
    mcode-radiotherapy-volume mcode-rhabdomyosarcoma-risk-assessment mcode-secondary-cancer-condition
    mcode-tnm-category mcode-tnm-distant-metastases-category mcode-tnm-primary-tumor-category
    mcode-tnm-regional-nodes-category mcode-tnm-stage-group mcode-tumor mcode-tumor-marker-test mcode-tumor-morphology
    mcode-tumor-size`,
  // SDOH Clinical Care.
  'http://hl7.org/fhir/us/sdoh-clinicalcare/StructureDefinition/': `
    SDOHCC-Condition SDOHCC-Consent SDOHCC-Goal SDOHCC-Group SDOHCC-HealthcareService SDOHCC-Location
    SDOHCC-ObservationAssessment SDOHCC-ObservationEthnicityOMB SDOHCC-ObservationGenderIdentity
    SDOHCC-ObservationPersonalCharacteristic SDOHCC-ObservationRaceOMB SDOHCC-ObservationRecordedSexGender
    SDOHCC-ObservationScreeningResponse SDOHCC-ObservationSexualOrientation SDOHCC-PersonalCharacteristic
    SDOHCC-Procedure SDOHCC-ServiceRequest SDOHCC-TaskForPatient SDOHCC-TaskForReferralManagement`,
  // Structured Data Capture.
  'http://hl7.org/fhir/uv/sdc/StructureDefinition/': `
    parameters-questionnaire-assemble-out parameters-questionnaire-next-question-in
    parameters-questionnaire-next-question-out parameters-questionnaire-populate-html-out
    parameters-questionnaire-populate-in parameters-questionnaire-populate-link-out
    parameters-questionnaire-populate-out parameters-questionnaire-process-response-in
    parameters-questionnaireresponse-extract-in sdc-codesystem sdc-library sdc-questionnaire sdc-questionnaire-adapt
    sdc-questionnaire-adapt-srch sdc-questionnaire-behave sdc-questionnaire-extr-defn sdc-questionnaire-extr-obsn
    sdc-questionnaire-extr-smap sdc-questionnaire-extr-template sdc-questionnaire-modular sdc-questionnaire-pop-exp
    sdc-questionnaire-pop-obsn sdc-questionnaire-pop-smap sdc-questionnaire-render sdc-questionnaire-search
    sdc-questionnairecommon sdc-questionnaireresponse sdc-questionnaireresponse-adapt sdc-questionnaireresponsecommon
    sdc-servicerequest sdc-task sdc-valueset`,
  // AU Base.
  'http://hl7.org.au/fhir/StructureDefinition/': `
    au-allergyintolerance au-bodystructure au-composition au-condition au-coverage au-diagnosticreport
    au-diagnosticrequest au-diagnosticresult au-encounter au-healthcareservice au-imagingreport au-imagingresult
    au-immunization au-location au-medication au-medicationadministration au-medicationdispense au-medicationrequest
    au-medicationstatement au-medlist au-norelevantfinding au-organization au-pathologyreport au-pathologyresult
    au-patient au-practitioner au-practitionerrole au-procedure au-relatedperson au-servicerequest au-specimen
    au-substance`,
};

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(GUIDES).flatMap(([base, names]) =>
    names.split(/\s+/).flatMap((name) => (name === '' ? [] : [[`${base}${name}`, name] as const])),
  ),
);

/** The name of a published profile, the last part of its canonical, whatever the version; undefined for any other text. */
export function publishedProfile(canonical: string): string | undefined {
  const bar = canonical.indexOf('|');
  return NAMES.get(bar < 0 ? canonical : canonical.slice(0, bar));
}
