// The elements and attributes of R4's narratives (https://hl7.org/fhir/R4/narrative.html, txt-1).
//
// Three texts say which they are, and differ at the edges: the sentence of txt-1 ("chapters 7-11, except section 4 of
// chapter 9, and 15 of the HTML 4.0 standard, <a> elements, images and style attributes", and no deprecated elements),
// its XPath in StructureDefinition Narrative, and the lists of HL7's validator. What two of them allow is allowed here:
// so `kbd`, `address` and `bdo`, which only the XPath forgot, and `map` and `area`, which belong to images; but not
// `href` on any element, which only the XPath has, nor `u` and `del`, which none has.

export const XHTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';

/** What the value of an attribute can do: a link is followed, an image fetched, a style applied; all else is text. */
export type AttributeKind = 'text' | 'link' | 'image' | 'style';

const words = (text: string): readonly string[] => text.split(' ');

const ALLOWED = words(
  'a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 ' +
    'h6 hr i img kbd li map ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var',
);

const ANYWHERE = words(
  'abbr accesskey align axis char charoff class colspan dir headers id lang rowspan scope span style tabindex title valign ' +
    'width xml:lang',
);

const ALSO: { readonly [element: string]: readonly string[] } = {
  a: words('charset coords href hreflang name rel rev shape type'),
  area: words('alt coords href nohref shape'),
  blockquote: ['cite'],
  dl: ['compact'],
  img: words('alt border height hspace ismap longdesc name src usemap vspace'),
  li: words('type value'),
  map: ['name'],
  ol: words('compact start type'),
  pre: ['xml:space'],
  q: ['cite'],
  table: words('bgcolor border cellpadding cellspacing frame rules summary'),
  td: words('bgcolor height nowrap'),
  th: words('bgcolor height nowrap'),
  tr: ['bgcolor'],
  ul: words('compact type'),
};

const KINDS: ReadonlyMap<string, AttributeKind> = new Map([
  ['style', 'style'],
  ['src', 'image'],
  ['cite', 'link'],
  ['href', 'link'],
  ['longdesc', 'link'],
  ['usemap', 'link'],
]);

const ELEMENTS: ReadonlySet<string> = new Set(ALLOWED);

const made = new Map<string, ReadonlyMap<string, AttributeKind>>();

/** The attributes that an element may have, made on first use: most never are. Undefined for an element that no narrative may have. */
export function attributesOf(element: string): ReadonlyMap<string, AttributeKind> | undefined {
  const before = made.get(element);
  if (before !== undefined || !ELEMENTS.has(element)) return before;
  const names = [...ANYWHERE, ...(ALSO[element] ?? [])];
  const attributes = new Map(names.map((name) => [name, KINDS.get(name) ?? 'text']));
  made.set(element, attributes);
  return attributes;
}

const FORBIDDEN: readonly (readonly [reason: string, elements: readonly string[]])[] = [
  ['scripts', words('script noscript')],
  [
    'forms',
    words(
      'button datalist fieldset form input keygen label legend meter optgroup option output progress select textarea',
    ),
  ],
  ['frames', words('frame frameset iframe noframes portal')],
  ['objects', words('applet audio canvas embed math object param picture source svg track video')],
  ['base and link', words('base link')],
  ['stylesheets', ['style']],
  ['head, body and what belongs there', words('body head html meta title')],
  ['deprecated elements', words('basefont center dir font isindex menu s strike u')],
  ['marks of changes (section 4 of chapter 9 of HTML 4.0)', words('del ins')],
  [
    'elements that came after HTML 4.0',
    words(
      'article aside bdi data details dialog figcaption figure footer header hgroup main mark nav rb rp rt rtc ruby search ' +
        'section slot summary template time wbr',
    ),
  ],
  ['elements that HTML 4.0 does not have', words('blink marquee nobr noembed plaintext xmp')],
];

const REASONS = new Map(
  FORBIDDEN.flatMap(([reason, elements]) => elements.map((element) => [element, reason] as const)),
);

/** Why txt-1 does not allow an element. It names the element where HTML does. */
export function elementFault(name: string): string {
  const reason = REASONS.get(name);
  if (reason !== undefined) return `The narrative holds the element ${name}; R4 allows no ${reason}.`;
  const lower = name.toLowerCase();
  return ELEMENTS.has(lower) || REASONS.has(lower)
    ? `The narrative holds the element ${lower} with capitals; the names of XHTML are in lower case.`
    : 'The narrative holds an element that HTML 4.0 does not have.';
}

const EVENTS = words(
  'onabort onanimationend onanimationstart onauxclick onbeforeunload onblur oncanplay onchange onclick oncontextmenu oncopy ' +
    'oncut ondblclick ondrag ondragend ondragenter ondragleave ondragover ondragstart ondrop onerror onfocus onfocusin ' +
    'onfocusout onhashchange oninput oninvalid onkeydown onkeypress onkeyup onload onmessage onmousedown onmouseenter ' +
    'onmouseleave onmousemove onmouseout onmouseover onmouseup onpaste onplay onpointerdown onpointerenter onpointerleave ' +
    'onpointermove onpointerover onpointerup onreset onresize onscroll onselect onsubmit ontoggle ontouchend ontouchmove ' +
    'ontouchstart ontransitionend onunload onwheel',
);

const ATTRIBUTES = new Set([
  ...EVENTS,
  ...ANYWHERE,
  ...Object.values(ALSO).flat(),
  ...words(
    'accept action alink allow allowfullscreen archive async autocomplete autofocus autoplay background checked classid clear ' +
      'code codebase codetype color cols content contenteditable contextmenu controls crossorigin data datetime decoding ' +
      'declare defer disabled download draggable enctype face for formaction frameborder hidden http-equiv is itemid itemprop ' +
      'itemref itemscope itemtype label language link loading loop manifest marginheight marginwidth max maxlength media ' +
      'method min multiple muted noresize noshade object part pattern ping placeholder poster profile prompt readonly ' +
      'referrerpolicy required role rows sandbox scheme scrolling selected size sizes slot spellcheck srcdoc srclang srcset ' +
      'standby step target text translate usemap valuetype version vlink wrap xml:base xml:id',
  ),
]);

/** Why txt-1 does not allow an attribute on an element that it allows. It names the attribute where HTML does. */
export function attributeFault(element: string, name: string): string {
  const lower = name.toLowerCase();
  const known = ATTRIBUTES.has(lower) ? ` ${lower}` : '';
  if (lower.startsWith('on'))
    return `The element ${element} has the event attribute${known}; R4 allows no active content.`;
  const kind = lower.startsWith('data-') ? ' of the data- kind' : lower.startsWith('aria-') ? ' of the aria- kind' : '';
  if (known === '') return `The element ${element} has an attribute${kind} that HTML 4.0 does not have.`;
  return attributesOf(element)?.has(lower)
    ? `The element ${element} has the attribute${known} with capitals; the names of XHTML are in lower case.`
    : `The element ${element} has the attribute${known}, which R4 does not allow there.`;
}
