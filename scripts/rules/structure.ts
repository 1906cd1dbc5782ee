import { type Entries, on, onEach } from './entry.js';
import { payloadReferenceType, payloadTooDeep } from './payloads.js';

const patient = onEach('Patient');
const observation = onEach('Observation', { status: 'final' });
const organization = { resourceType: 'Organization', id: 'org', name: 'Clinic' };
const asked = {
  status: 'completed',
  questionnaire: '#q',
  contained: [
    {
      resourceType: 'Questionnaire',
      id: 'q',
      status: 'active',
      item: [{ linkId: '1', type: 'boolean', text: 'Do you smoke?', required: true }],
    },
  ],
};
const masked = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
};
const DIV = 'xmlns="http://www.w3.org/1999/xhtml"';
const narrative = (div: string) => ({ text: { status: 'generated', div } });

/** Whether it can be read as a resource at all. */
export const reading: Entries = {
  'not-a-resource': {
    fix: 'Give a JSON object with a resourceType; a list of resources belongs in a Bundle, or one a line into NDJSON.',
    where: 'the whole input',
    example: {
      of: 'resource',
      fine: { resourceType: 'Patient', id: 'p1' },
      broken: { id: 'p1' },
      at: 'Resource',
    },
  },
  'resource-type-unknown': {
    fix: 'Spell the type as R4 does, with its capitals; a type of another version of FHIR has to be converted first.',
    where: 'every resource',
    example: { of: 'resource', fine: { resourceType: 'Patient' }, broken: { resourceType: 'patient' }, at: 'Resource' },
  },
  unreadable: {
    fix: 'Give plain data, as JSON.parse makes it: a property of this object throws when it is read.',
    where: 'the whole input, from code only; a file cannot have it',
  },
  'too-deep': [
    {
      fix: 'Nest resources and elements less deep than 250 levels; what is deeper is a mistake of the program that wrote it.',
      where: 'every element of a resource',
    },
    payloadTooDeep,
  ],
  'too-large': {
    fix: 'Split the input: a Bundle into several, a file into NDJSON with a resource a line.',
    where: 'the whole input',
  },
};

/** The elements that R4 has, and how JSON writes them. */
export const structure: Entries = {
  'unknown-element': patient(
    'Spell the element as R4 does; what R4 has no element for belongs in an extension.',
    { birthDate: '1974-12-25' },
    { birthdate: '1974-12-25' },
    'children()',
  ),
  'choice-type': observation(
    'Use one of the types that R4 lists for the element, and its name: valueQuantity, valueCodeableConcept.',
    { valueQuantity: { value: 36.6, unit: 'Cel' } },
    { valueMoney: { value: 36.6 } },
    'value',
  ),
  'several-choices': observation(
    'Keep one of the values; others belong in components, or into another resource.',
    { valueString: 'positive' },
    { valueString: 'positive', valueBoolean: true },
    'value',
  ),
  'missing-element': observation(
    'Add the element; where nobody knows its value, give it a data-absent-reason extension instead.',
    {},
    { code: undefined },
    'code',
  ),
  'wrong-json-type': patient(
    'Write numbers and booleans without quotes, texts with quotes, and objects in braces, as R4 says for the element.',
    { active: true },
    { active: 'true' },
    'active',
  ),
  'list-expected': patient(
    'Put the value into an array, also when there is only one.',
    { name: [{ family: 'Lee' }] },
    { name: { family: 'Lee' } },
    'name',
  ),
  'list-unexpected': patient(
    'Take the value out of its array; a second one has no place here.',
    { birthDate: '1974-12-25' },
    { birthDate: ['1974-12-25'] },
    'birthDate',
  ),
  'empty-value': patient(
    'Leave the element out where it says nothing.',
    { name: [{ family: 'Lee' }] },
    { name: [{ family: 'Lee', given: [''] }] },
    'name[0].given[0]',
  ),
  'null-value': patient(
    'Leave the element out; in an array of primitives, put an extension beside the null that says why it is there.',
    { name: [{ family: 'Lee' }] },
    { name: [{ family: 'Lee' }], birthDate: null },
    'birthDate',
  ),
  'sibling-misplaced': patient(
    'Take the underscore away: an object holds its id and extensions itself.',
    { maritalStatus: { id: 'm1', text: 'married' } },
    { maritalStatus: { text: 'married' }, _maritalStatus: { id: 'm1' } },
    'maritalStatus',
  ),
  'sibling-mismatch': patient(
    'Make the two arrays as long as each other, with null where one has nothing to say.',
    { name: [{ given: ['Ann', null], _given: [null, masked] }] },
    { name: [{ given: ['Ann'], _given: [null, masked] }] },
    'name[0].given',
  ),
  'ele-1': {
    ...patient(
      'Give the element a value or children, or leave it out; an id alone says nothing.',
      { maritalStatus: { id: 'm1', text: 'married' } },
      { maritalStatus: { id: 'm1' } },
      'maritalStatus',
    ),
    expression: 'hasValue() or (children().count() > id.count())',
  },
  'control-character': patient(
    'Take the control character out of the text; tabs, line feeds and carriage returns may stay.',
    { name: [{ family: 'Lee' }] },
    { name: [{ family: 'Lee\u0007' }] },
    'name[0].family',
  ),
  'element-id-space': patient(
    'Take the spaces out of the id.',
    { name: [{ id: 'birth-name', family: 'Lee' }] },
    { name: [{ id: 'birth name', family: 'Lee' }] },
    'name[0].id',
  ),
  'element-id-repeated': patient(
    'Give each element of the resource, of what it contains and of its narratives an id of its own, or none.',
    {
      name: [
        { id: 'n1', family: 'Lee' },
        { id: 'n2', family: 'Li' },
      ],
    },
    {
      name: [
        { id: 'n1', family: 'Lee' },
        { id: 'n1', family: 'Li' },
      ],
    },
    'name[1].id',
  ),
  'extension-url-relative': patient(
    'Write the whole address of the extension’s definition.',
    { extension: [{ url: 'http://example.org/StructureDefinition/vip', valueBoolean: true }] },
    { extension: [{ url: 'vip', valueBoolean: true }] },
    'extension[0].url',
  ),
  'uri-not-absolute': patient(
    'Write the whole address, or a URN: urn:oid: and an OID, urn:uuid: and a UUID.',
    { identifier: [{ system: 'http://example.org/mrn', value: '1' }] },
    { identifier: [{ system: 'mrn', value: '1' }] },
    'identifier[0].system',
  ),
  'uri-invalid': patient(
    'Write the characters that a URI cannot have as % and two hexadecimal digits for each byte.',
    { photo: [{ contentType: 'image/png', url: 'http://example.org/photos/%3Cann%3E' }] },
    { photo: [{ contentType: 'image/png', url: 'http://example.org/photos/<ann>' }] },
    'photo[0].url',
  ),
  'identifier-uri': patient(
    'Write the value as a URI, urn:uuid: and a UUID in lower case, or give the identifier the system that it is of.',
    { identifier: [{ system: 'urn:ietf:rfc:3986', value: 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01' }] },
    { identifier: [{ system: 'urn:ietf:rfc:3986', value: '7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01' }] },
    'identifier[0].value',
  ),
  'attachment-size': patient(
    'Give the number of bytes before they became base64, or leave the size out.',
    { photo: [{ contentType: 'text/plain', data: 'SGVsbG8=', size: 5 }] },
    { photo: [{ contentType: 'text/plain', data: 'SGVsbG8=', size: 8 }] },
    'photo[0].size',
  ),
  'attachment-hash': patient(
    'Give the SHA-1 of the bytes before they became base64, in base64, or leave the hash out.',
    { photo: [{ contentType: 'text/plain', data: 'SGVsbG8=', hash: '9/+ei3uy4Jtwk1pdeF4MxdnQq/A=' }] },
    { photo: [{ contentType: 'text/plain', data: 'SGVsbG8=', hash: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=' }] },
    'photo[0].hash',
  ),
  'attachment-hash-hexadecimal': patient(
    'Write the 20 bytes of the hash in base64.',
    { photo: [{ contentType: 'text/plain', data: 'SGVsbG8=', hash: '9/+ei3uy4Jtwk1pdeF4MxdnQq/A=' }] },
    { photo: [{ contentType: 'text/plain', data: 'SGVsbG8=', hash: 'f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0' }] },
    'photo[0].hash',
  ),
  'narrative-nesting': patient(
    'Close the paragraph before a list, a table or another paragraph; text in a table belongs in its cells.',
    narrative(`<div ${DIV}><p>Allergies:</p><ul><li>none</li></ul></div>`),
    narrative(`<div ${DIV}><p>Allergies:<ul><li>none</li></ul></p></div>`),
    'text.div',
  ),
  'narrative-not-xhtml': patient(
    'Make the narrative one div in the namespace of XHTML, well-formed as XML: every tag closed, & written as &amp;.',
    narrative(`<div ${DIV}>Ann Lee<br/></div>`),
    narrative(`<div ${DIV}>Ann Lee<br></div>`),
    'text.div',
  ),
  'txt-1': patient(
    'Take scripts, forms, frames and event attributes out of the narrative; elements of plain formatting may stay.',
    narrative(`<div ${DIV}><b>Ann Lee</b></div>`),
    narrative(`<div ${DIV}><b onclick="go()">Ann Lee</b></div>`),
    'text.div',
  ),
  'txt-2': patient(
    'Write something into the narrative, or leave the whole text out.',
    narrative(`<div ${DIV}>Ann Lee</div>`),
    narrative(`<div ${DIV}> </div>`),
    'text.div',
  ),
};

/** Codes and what they are bound to; references and what they may point at. */
export const codesAndReferences: Entries = {
  'binding-required': patient(
    'Use a code of the value set that R4 requires here, in its own spelling; other words belong in an extension.',
    { gender: 'female' },
    { gender: 'F' },
    'gender',
  ),
  'binding-required-missing': on(
    'Condition',
    'Add a coding with a system and a code of the value set; a text alone does not do here.',
    {
      verificationStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
      },
    },
    { verificationStatus: { text: 'confirmed' } },
    'verificationStatus',
  ),
  'binding-extensible': patient(
    'Use a code that the value set has; if none fits, use one of another system, or a text alone.',
    {
      maritalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }],
      },
    },
    {
      maritalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'NI' }],
      },
    },
    'maritalStatus.coding[0]',
  ),
  'reference-format': patient(
    'Write the type and the id, Organization/clinic, or an absolute address.',
    { managingOrganization: { reference: 'Organization/clinic' } },
    { managingOrganization: { reference: 'clinic' } },
    'managingOrganization.reference',
  ),
  'reference-target': patient(
    'Point at a resource of one of the types that R4 lists for the element, or use the element that is meant for this one.',
    { managingOrganization: { reference: 'Organization/clinic' } },
    { managingOrganization: { reference: 'Practitioner/lee' } },
    'managingOrganization',
  ),
  'questionnaire-item-unknown': on(
    'QuestionnaireResponse',
    'Give the item the linkId that its Questionnaire has at this place.',
    { ...asked, item: [{ linkId: '1', answer: [{ valueBoolean: true }] }] },
    { ...asked, status: 'in-progress', item: [{ linkId: 'one', answer: [{ valueBoolean: true }] }] },
    'item[0].linkId',
  ),
  'questionnaire-item-missing': on(
    'QuestionnaireResponse',
    'Answer what the Questionnaire requires, or make the response one in progress.',
    { ...asked, item: [{ linkId: '1', answer: [{ valueBoolean: true }] }] },
    asked,
  ),
  'reference-type-unknown': patient(
    'Write the name of a resource type as R4 spells it, without an address before it, or leave the type out.',
    { managingOrganization: { reference: 'Organization/clinic', type: 'Organization' } },
    { managingOrganization: { reference: 'Organization/clinic', type: 'Clinic' } },
    'managingOrganization.type',
  ),
  'coding-system-value-set': observation(
    'Use the address of the code system that the code is of, not that of a set of codes.',
    { code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] } },
    { code: { coding: [{ system: 'http://example.org/ValueSet/vitals', code: '8310-5' }] } },
    'code.coding[0].system',
  ),
  'canonical-fragment': on(
    'Task',
    'Contain what is meant under this id, or write its whole address.',
    { instantiatesCanonical: 'http://example.org/ActivityDefinition/visit' },
    { instantiatesCanonical: '#visit' },
    'instantiatesCanonical',
  ),
  'reference-type': [
    patient(
      'Make the type that the reference states that of the resource it points at, or leave it out.',
      { generalPractitioner: [{ reference: 'Practitioner/lee', type: 'Practitioner' }] },
      { generalPractitioner: [{ reference: 'Practitioner/lee', type: 'Organization' }] },
      'generalPractitioner[0]',
    ),
    payloadReferenceType,
  ],
  'dom-3': patient(
    'Refer to the contained resource by # and its id, or take it out.',
    { contained: [organization], managingOrganization: { reference: '#org' } },
    { contained: [organization] },
    'contained[0]',
  ),
  'contained-id': patient(
    'Give each contained resource an id of its own, and refer to it by that.',
    { contained: [organization], managingOrganization: { reference: '#org' } },
    { contained: [organization, organization], managingOrganization: { reference: '#org' } },
    'contained[1]',
  ),
  'profile-not-checked': patient(
    'Nothing in the record; load the guide that has the profile, with --ig or loadGuide.',
    {},
    { meta: { profile: ['http://example.org/StructureDefinition/patient'] } },
    'meta.profile[0]',
  ),
};
