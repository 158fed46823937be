/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search box: <fihris-box endpoint="https://search.news.example/"></fihris-box>, or a form that it takes the
 * place of: <form data-fihris="ENDPOINT"><input type="search">…</form>.  docs/site.md says how to dress it.
 *
 * What an article holds only ever becomes text (textContent), and a link only where it leads to the web. */
(() => {
'use strict';

const HERE = new URL('.', document.currentScript?.src || location.href);
const TYPING_MS = 120; // of silence before a search; a key comes every 150 ms or so
const FACETS_MS = 250; // more before counting
const PAGE = 10;
const FILTERS = ['source', 'author', 'language', 'entity', 'keyword', 'month', 'period'];
const FACETS = [['source', 10], ['entity', 10]];
const MANY_MONTHS = 24; // more are shown as years

const TEXTS = {
  ar: {
    search: 'بحث', placeholder: 'ابحث في الأخبار', list: 'اقتراحات', words: 'كلمات', entities: 'أعلام وأماكن',
    headlines: 'عناوين', relevance: 'الأوثق صلة', newest: 'الأحدث', order: 'الترتيب', source: 'المصدر',
    entity: 'أعلام وأماكن', period: 'الفترة', remove: 'إزالة', clear: 'إزالة كل المرشحات', previous: 'السابق',
    next: 'التالي', page: 'صفحة', pages: 'صفحات النتائج', results: 'نتائج البحث', narrow: 'حصر النتائج',
    meant: 'هل تقصد', readAs: 'قُرئت', widened: 'لا يوجد مقال فيه كل الكلمات؛ هذه مقالات فيها بعضها.',
    partial: 'استغرق البحث وقتًا طويلًا؛ هذه نتائج جزئية.', about: 'نحو',
    none: 'لا نتائج. جرّب كلمات أقل أو أعمّ.', filtered: 'لا نتائج مع هذه المرشحات.',
    unread: 'لم نفهم عبارة البحث. راجع علامات التنصيص والأقواس.', busy: 'الطلبات كثيرة الآن. أعد المحاولة بعد لحظة.',
    down: 'تعذّر البحث الآن. تحقق من الاتصال ثم أعد المحاولة.', again: 'إعادة المحاولة',
    person: 'شخص', place: 'مكان', organisation: 'منظمة', event: 'حدث', product: 'منتج',
    count: {zero: 'لا نتائج', one: 'نتيجة واحدة', two: 'نتيجتان', few: '# نتائج', many: '# نتيجة', other: '# نتيجة'},
    choices: {zero: 'لا اقتراحات', one: 'اقتراح واحد', two: 'اقتراحان', few: '# اقتراحات', many: '# اقتراحًا', other: '# اقتراح'},
  },
  en: {
    search: 'Search', placeholder: 'Search the news', list: 'Suggestions', words: 'Words', entities: 'Names',
    headlines: 'Headlines', relevance: 'Most relevant', newest: 'Newest', order: 'Order', source: 'Outlet',
    entity: 'Names', period: 'Period', remove: 'Remove', clear: 'Remove all filters', previous: 'Previous',
    next: 'Next', page: 'Page', pages: 'Pages of results', results: 'Search results', narrow: 'Narrow the results',
    meant: 'Did you mean', readAs: 'Read as', widened: 'No article has all the words; these have some of them.',
    partial: 'The search took too long; these results are not all.', about: 'about',
    none: 'No results. Try fewer or more general words.', filtered: 'No results with these filters.',
    unread: 'The query could not be read. Look at its quotation marks and parentheses.',
    busy: 'There are many requests just now. Try again in a moment.',
    down: 'The search cannot be reached. Check the connection and try again.', again: 'Try again',
    person: 'person', place: 'place', organisation: 'organisation', event: 'event', product: 'product',
    count: {zero: 'No results', one: 'One result', other: '# results'},
    choices: {zero: 'No suggestions', one: 'One suggestion', other: '# suggestions'},
  },
};

/** A text without what would turn the direction of its letters: embeddings, overrides and isolates. */
function inert(text) {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/** An element with properties, attributes (in `attr`) and children: nodes, or strings that become text. */
function make(name, props = {}, ...children) {
  const {attr = {}, ...rest} = props;
  if (rest.textContent) rest.textContent = inert(rest.textContent);
  const node = Object.assign(document.createElement(name), rest);
  for (const key in attr) if (attr[key] != null) node.setAttribute(key, attr[key]);
  const shown = children.filter((child) => child != null);
  node.append(...shown.map((child) => typeof child === 'string' ? inert(child) : child));
  return node;
}

/** The address of a link, if it leads to the web. */
function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/** Is somebody writing there? */
function isField(node) {
  return node instanceof Element &&
    (node.matches('input, textarea, select, [role=textbox], [role=combobox]') || node.isContentEditable);
}

class FihrisBox extends HTMLElement {
  #state = {q: '', sort: '', offset: 0, filters: []};
  #labels = new Map(); // of filters, by name and value
  #options = []; // of the list
  #active = -1;
  #typing = false; // since the last entry in the history
  #timers = {};
  #running = {}; // by kind of request: how to end the newest

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    document.addEventListener('keydown', this.#onShortcut);
    if (this.#keepsHistory()) window.addEventListener('popstate', this.#onHistory);
    this.#onHistory();
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.#onShortcut);
    window.removeEventListener('popstate', this.#onHistory);
    for (const kind in this.#running) this.#running[kind].abort();
    for (const kind in this.#timers) clearTimeout(this.#timers[kind]);
  }

  /** What is in the field; setting it searches. */
  get value() { return this.#state.q; }
  set value(text) { this.#go({q: String(text), offset: 0}); }

  focus() { this.input.focus(); }

  // ---- Making ----

  #build() {
    const lang = /^en/i.test(this.closest('[lang]')?.lang ?? '') ? 'en' : 'ar';
    const digits = this.getAttribute('digits') || (lang === 'ar' ? 'arab' : 'latn');
    const locale = `${lang}-u-ca-gregory-nu-${digits}`;
    this.endpoint = new URL(this.getAttribute('endpoint') || HERE, location.href);
    this.texts = TEXTS[lang];
    this.numbers = new Intl.NumberFormat(locale);
    this.plural = new Intl.PluralRules(lang);
    this.days = new Intl.DateTimeFormat(locale, {dateStyle: 'long', timeZone: 'UTC'});
    this.months = new Intl.DateTimeFormat(locale, {year: 'numeric', month: 'long', timeZone: 'UTC'});
    this.years = new Intl.DateTimeFormat(locale, {year: 'numeric', timeZone: 'UTC'});
    const root = make('div', {className: 'root', lang, dir: lang === 'ar' ? 'rtl' : 'ltr', hidden: true,
                              attr: {part: 'root'}}, ...this.#parts());
    const style = make('link', {rel: 'stylesheet', href: new URL('box.css', HERE).href});
    style.onload = style.onerror = () => { root.hidden = false; };
    this.attachShadow({mode: 'open', delegatesFocus: true}).append(style, root);
  }

  #parts() {
    const t = this.texts;
    const name = this.getAttribute('placeholder') || t.placeholder;
    this.input = make('input', {
      type: 'search', dir: 'auto', placeholder: name, maxLength: 500, autocomplete: 'off', spellcheck: false,
      enterKeyHint: 'search', oninput: () => this.#onInput(), onkeydown: (event) => this.#onKey(event),
      onblur: () => this.#close(), onclick: () => this.#options.length && this.#open(),
      attr: {part: 'input', role: 'combobox', 'aria-label': name, 'aria-autocomplete': 'list',
             'aria-expanded': 'false', 'aria-controls': 'list', 'aria-haspopup': 'listbox'}});
    this.list = make('div', {id: 'list', className: 'list', hidden: true,
                             attr: {part: 'list', role: 'listbox', 'aria-label': t.list}});
    this.choices = make('span', {className: 'unseen', attr: {'aria-live': 'polite'}});
    this.form = make('form', {className: 'form', onsubmit: (event) => this.#onSubmit(event),
                              attr: {part: 'form', role: 'search'}},
      make('div', {className: 'field', attr: {part: 'field'}}, this.input, this.list),
      make('button', {type: 'submit', textContent: t.search, attr: {part: 'button'}}), this.choices);
    this.status = make('p', {className: 'status', attr: {part: 'status', role: 'status'}});
    this.notes = make('div', {className: 'notes', attr: {part: 'notes'}});
    this.orders = make('div', {className: 'orders', hidden: true, attr: {role: 'group', 'aria-label': t.order}},
      ...['relevance', 'newest'].map((sort) => make('button', {
        type: 'button', value: sort, textContent: t[sort], attr: {part: 'order'},
        onclick: () => this.#go({sort: sort === 'newest' ? sort : '', offset: 0})})));
    this.chips = make('ul', {className: 'chips', hidden: true, attr: {part: 'chips'}});
    this.hits = make('ol', {className: 'hits', attr: {part: 'hits'}});
    this.pages = make('nav', {className: 'pages', hidden: true, attr: {part: 'pages', 'aria-label': t.pages}});
    this.facets = make('aside', {className: 'facets', hidden: true,
                                 attr: {part: 'facets', 'aria-label': t.narrow}});
    this.main = make('section', {className: 'main', attr: {'aria-label': t.results}},
      make('div', {className: 'line'}, this.status, this.orders), this.chips, this.notes, this.hits, this.pages);
    return [this.form, make('div', {className: 'columns'}, this.main, this.facets)];
  }

  // ---- State and history ----

  /** Names of parameters are those of the server, so that its page without script shows the same. */
  #params(state) {
    const params = new URLSearchParams();
    if (state.q.trim()) params.set('q', state.q.trim());
    if (state.sort) params.set('sort', state.sort);
    for (const [name, value] of state.filters) params.append(name, value);
    if (state.offset) params.set('offset', state.offset);
    return params;
  }

  #onHistory = () => {
    const params = new URLSearchParams(this.#keepsHistory() ? location.search : '');
    this.#typing = false;
    this.#state = {
      q: params.get('q') ?? (this.#keepsHistory() ? '' : this.input.value),
      sort: params.get('sort') === 'newest' ? 'newest' : '',
      offset: Math.max(0, parseInt(params.get('offset'), 10) || 0),
      filters: [...params].filter(([name, value]) => FILTERS.includes(name) && value),
    };
    this.input.value = this.#state.q;
    this.#close();
    this.#search(0);
  };

  #keepsHistory() { return this.getAttribute('history') !== 'off'; }

  #remember(typing) {
    if (!this.#keepsHistory()) return;
    const url = new URL(location.href), own = this.#params(this.#state);
    for (const name of ['q', 'sort', 'offset', ...FILTERS]) url.searchParams.delete(name);
    for (const [name, value] of own) url.searchParams.append(name, value);
    if (url.href === location.href) {
      this.#typing = typing;
      return;
    }
    // Everything typed in one go is one step back.
    history[this.#typing ? 'replaceState' : 'pushState'](history.state, '', url);
    this.#typing = typing;
  }

  /** Takes up a changed state, as by a click. */
  #go(change) {
    this.#state = {...this.#state, ...change};
    this.input.value = this.#state.q;
    this.#close();
    this.#remember(false);
    this.#search(0);
  }

  #toggle(name, value, label) {
    const has = this.#state.filters.some(([n, v]) => n === name && v === value);
    const others = this.#state.filters.filter(([n, v]) => (name === 'period' ? n !== name : n !== name || v !== value));
    if (label) this.#labels.set(name + value, label);
    this.#go({filters: has ? others : [...others, [name, value]], offset: 0});
  }

  // ---- Asking ----

  /** The newest answer of a kind, or nothing where a newer request was begun. */
  async #ask(kind, path, params) {
    const control = new AbortController();
    this.#running[kind]?.abort();
    this.#running[kind] = control;
    const url = new URL(path, this.endpoint);
    url.search = params;
    try {
      const response = await fetch(url, {signal: control.signal, credentials: 'omit'});
      const answer = await response.json();
      if (control.signal.aborted) return null; // overtaken between its last byte and now
      return response.ok ? {answer} : {status: response.status};
    } catch {
      return control.signal.aborted ? null : {status: 0};
    }
  }

  /** What the server is asked: the last word may be half typed. */
  #asked() {
    const params = this.#params(this.#state);
    if (this.#typing && params.has('q')) params.set('typing', 'yes');
    return params;
  }

  #later(kind, ms, what) {
    clearTimeout(this.#timers[kind]);
    this.#timers[kind] = setTimeout(what, ms);
  }

  #search(ms) {
    const params = this.#asked();
    params.delete('offset');
    params.delete('sort');
    this.#showChips();
    if (![...params].length) {
      clearTimeout(this.#timers.search);
      clearTimeout(this.#timers.facets);
      for (const kind of ['search', 'facets']) this.#running[kind]?.abort();
      this.#showNothing();
      return;
    }
    this.#later('search', ms, () => this.#runSearch());
    this.#later('facets', ms + FACETS_MS, () => this.#runFacets(params));
  }

  async #runSearch() {
    const params = this.#asked();
    params.set('limit', PAGE);
    this.main.setAttribute('aria-busy', 'true');
    const got = await this.#ask('search', 'search', params);
    if (!got) return;
    this.main.removeAttribute('aria-busy');
    if (got.answer) this.#showAnswer(got.answer);
    else this.#showError(got.status);
  }

  async #runFacets(params) {
    const got = await this.#ask('facets', 'facets', params);
    if (!got?.answer) return;
    this.#showFacets(got.answer.facets);
    if (got.answer.total_exact && got.answer.total) // a search alone counts the first thousand
      this.status.textContent = this.#counted(this.texts.count, got.answer.total);
  }

  async #suggest() {
    const text = this.input.value;
    if (!text.trim()) {
      this.#endSuggesting();
      this.#setOptions([]);
      return;
    }
    const got = await this.#ask('suggest', 'suggest', new URLSearchParams({q: text.slice(0, 80), format: 'json'}));
    if (got?.answer && this.input.value === text && this.#isFocused()) this.#showSuggestions(got.answer);
  }

  /** What is still on its way must not open the list again. */
  #endSuggesting() {
    clearTimeout(this.#timers.suggest);
    this.#running.suggest?.abort();
  }

  #isFocused() { return this.shadowRoot.activeElement === this.input; }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent('fihris-' + name, {detail, bubbles: true, composed: true}));
  }

  // ---- Typing ----

  #onInput() {
    this.#state = {...this.#state, q: this.input.value, offset: 0};
    this.#remember(true);
    this.#search(TYPING_MS);
    this.#later('suggest', TYPING_MS / 2, () => this.#suggest());
  }

  #onSubmit(event) {
    event.preventDefault();
    this.#endSuggesting();
    this.#go({q: this.input.value, offset: 0});
  }

  /** As in the combobox pattern of the W3C's ARIA Authoring Practices, with a list chosen by hand. */
  #onKey(event) {
    if (event.isComposing) return;
    const keys = {
      ArrowDown: () => (event.altKey ? this.#open() : this.#move(1)),
      ArrowUp: () => (event.altKey ? this.#close() : this.#move(-1)),
      Enter: () => this.#active >= 0 && this.#choose(this.#active),
      Escape: () => this.#escape(),
      Home: () => this.#caret(0),
      End: () => this.#caret(this.input.value.length),
    };
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (act() !== false) event.preventDefault();
  }

  #move(step) {
    if (!this.#options.length) return false;
    if (this.list.hidden) this.#open();
    const places = this.#options.length + 1; // the field is one of them
    this.#mark((this.#active + 1 + step + places) % places - 1);
    return true;
  }

  #escape() {
    this.#endSuggesting();
    if (!this.list.hidden) {
      this.#close();
    } else if (this.input.value) {
      this.#go({q: '', offset: 0});
    } else {
      return false;
    }
    return true;
  }

  #caret(at) {
    this.#mark(-1);
    this.input.setSelectionRange(at, at);
  }

  #onShortcut = (event) => {
    const slash = event.key === '/' || (event.code === 'Slash' && !event.shiftKey);
    const k = event.code === 'KeyK' || event.key === 'k';
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.defaultPrevented || isField(event.composedPath()[0])) return;
    if (!(slash && plain) && !(k && command)) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  };

  // ---- The list ----

  #showSuggestions(found) {
    const t = this.texts, options = [];
    const add = (group, kind, text, note, choose, extra = '') =>
      options.push({group, kind, text, note, choose, extra});
    for (const word of found.completions)
      add(t.words, 'word', word.text, this.numbers.format(word.articles),
          () => this.#go({q: word.text, offset: 0}));
    for (const entity of found.entities)
      add(t.entities, 'entity', entity.label, t[entity.type], () => {
        this.#labels.set('entity' + entity.id, entity.label);
        const others = this.#state.filters.filter(([n, v]) => n !== 'entity' || v !== entity.id);
        this.#go({q: '', offset: 0, filters: [...others, ['entity', entity.id]]});
      }, entity.type);
    for (const headline of found.headlines)
      add(t.headlines, 'headline', headline.title, headline.source, () => {
        const url = webAddress(headline.url);
        if (url) location.assign(url);
        else this.#go({q: headline.title, offset: 0});
      });
    this.#setOptions(options);
  }

  #setOptions(options) {
    this.#options = options;
    this.#active = -1;
    this.list.replaceChildren();
    this.choices.textContent = '';
    let group = null;
    options.forEach((option, index) => {
      if (group?.name !== option.group) {
        const id = 'group' + index;
        const node = make('div', {attr: {role: 'group', 'aria-labelledby': id}},
          make('div', {id, className: 'group', textContent: option.group, attr: {role: 'presentation'}}));
        group = {name: option.group, node};
        this.list.append(node);
      }
      group.node.append(this.#optionNode(option, index));
    });
    if (!options.length) return this.#close();
    this.choices.textContent = this.#counted(this.texts.choices, options.length);
    this.#open();
  }

  #optionNode(option, index) {
    return make('div', {
      id: 'option' + index, className: `option ${option.kind} ${option.extra}`,
      onmousedown: (event) => event.preventDefault(), // the field keeps the focus
      onclick: () => this.#choose(index),
      attr: {role: 'option', 'aria-selected': 'false', part: 'option'}},
    make('bdi', {className: 'text', textContent: option.text}),
    make('bdi', {className: 'note', textContent: option.note}));
  }

  #mark(index) {
    this.#active = index;
    [...this.list.querySelectorAll('[role=option]')].forEach((node, at) => {
      node.setAttribute('aria-selected', String(at === index));
      node.setAttribute('part', at === index ? 'option option-active' : 'option');
      if (at === index) node.scrollIntoView({block: 'nearest'});
    });
    if (index < 0) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', 'option' + index);
  }

  #open() {
    if (!this.#options.length) return false;
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    return true;
  }

  #close() {
    this.#mark(-1);
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
  }

  #choose(index) {
    const option = this.#options[index];
    this.#setOptions([]);
    this.#endSuggesting();
    this.#tell('choose', {kind: option.kind, text: option.text});
    option.choose();
    return true;
  }

  // ---- Showing ----

  #counted(forms, count) {
    const form = forms[count === 0 ? 'zero' : this.plural.select(count)] ?? forms.other;
    return form.replace('#', this.numbers.format(count));
  }

  #date(iso, format = this.days) {
    const [year, month = 1, day = 1] = iso.slice(0, 10).split('-').map(Number);
    return format.format(Date.UTC(year, month - 1, day));
  }

  #periodLabel(period) {
    return period.split('..').map((end) => (/^\d{4}$/.test(end) ? this.#date(end, this.years)
      : /^\d{4}-\d\d$/.test(end) ? this.#date(end, this.months)
      : /^\d{4}-\d\d-\d\d$/.test(end) ? this.#date(end) : end)).join(' … ');
  }

  #label(name, value) {
    return this.#labels.get(name + value) ??
      (name === 'period' || name === 'month' ? this.#periodLabel(value) : value);
  }

  #showNothing() {
    this.status.textContent = '';
    this.main.removeAttribute('aria-busy');
    for (const node of [this.hits, this.notes, this.pages, this.facets]) node.replaceChildren();
    for (const node of [this.pages, this.facets, this.orders]) node.hidden = true;
  }

  #showAnswer(answer) {
    const t = this.texts;
    for (const filter of answer.filters ?? [])
      if (filter.label) this.#labels.set(filter.name + filter.value, filter.label);
    this.status.textContent = answer.total
      ? (answer.total_exact ? '' : t.about + ' ') + this.#counted(t.count, answer.total)
      : (this.#state.filters.length ? t.filtered : t.none);
    this.#showNotes(answer);
    this.#showChips();
    this.orders.hidden = !answer.total;
    for (const button of this.orders.children)
      button.setAttribute('aria-pressed', String((button.value === 'newest') === (this.#state.sort === 'newest')));
    this.hits.replaceChildren(...answer.hits.map((hit) => this.#hitNode(hit)));
    this.hits.start = this.#state.offset + 1;
    this.#showPages(answer);
    if (!answer.total) this.facets.hidden = true;
    this.#tell('search', {query: answer.query, total: answer.total, took: answer.took_ms,
                          filters: this.#state.filters});
  }

  #showNotes(answer) {
    const t = this.texts, notes = [];
    if (answer.widened) notes.push(make('p', {textContent: t.widened}));
    if (answer.partial) notes.push(make('p', {textContent: t.partial}));
    if (answer.suggestion)
      notes.push(make('p', {}, t.meant + ' ', make('button', {
        type: 'button', className: 'link', attr: {part: 'suggestion'},
        onclick: () => this.#go({q: answer.suggestion, offset: 0})},
      make('bdi', {textContent: answer.suggestion}))));
    if (!answer.total && this.#state.filters.length)
      notes.push(make('p', {}, make('button', {type: 'button', className: 'link', textContent: t.clear,
                                               onclick: () => this.#go({filters: [], offset: 0})})));
    this.notes.replaceChildren(...notes);
  }

  #showError(status) {
    const t = this.texts;
    this.#showNothing();
    this.status.textContent = status === 400 ? t.unread : status === 429 ? t.busy : t.down;
    if (status !== 400)
      this.notes.replaceChildren(make('p', {}, make('button', {
        type: 'button', className: 'link', textContent: t.again, onclick: () => this.#search(0)})));
    this.#tell('error', {status});
  }

  #segments(pieces) {
    return pieces.map((piece) => {
      if (!piece.mark) return piece.text;
      const entity = piece.mark === 'entity';
      return make('mark', {className: piece.mark, textContent: piece.text,
                           attr: {part: entity ? 'mark mark-entity' : 'mark mark-word'}});
    });
  }

  #hitNode(hit) {
    const url = webAddress(hit.url);
    const title = this.#segments(hit.title);
    const heading = url ? [make('a', {
      href: url, attr: {part: 'link'},
      onclick: () => this.#tell('open', {id: hit.id, rank: hit.rank, url})}, ...title)] : title;
    const meta = make('p', {className: 'meta', attr: {part: 'meta'}});
    if (hit.source) meta.append(make('bdi', {textContent: hit.source}));
    if (hit.published)
      meta.append(make('time', {dateTime: hit.published, textContent: this.#date(hit.published)}));
    const names = make('p', {className: 'names', attr: {part: 'names'}}, ...hit.entities.slice(0, 4).map((entity) =>
      make('button', {type: 'button', className: 'name ' + entity.type, attr: {part: 'name'},
                      onclick: () => this.#toggle('entity', entity.id, entity.label)},
      make('bdi', {textContent: entity.label}))));
    return make('li', {className: 'hit', attr: {part: 'hit'}},
      make('h2', {dir: 'auto', attr: {part: 'title'}}, ...heading), meta,
      make('p', {className: 'snippet', dir: 'auto', attr: {part: 'snippet'}}, ...this.#segments(hit.snippet)), names);
  }

  #showChips() {
    this.chips.hidden = !this.#state.filters.length;
    this.chips.replaceChildren(...this.#state.filters.map(([name, value]) => {
      const label = this.#label(name, value);
      return make('li', {}, make('button', {
        type: 'button', attr: {part: 'chip', 'aria-label': `${this.texts.remove}: ${label}`},
        onclick: () => this.#toggle(name, value)},
      make('bdi', {textContent: label}), make('span', {className: 'cross', attr: {'aria-hidden': 'true'}})));
    }));
  }

  #showPages(answer) {
    const {offset} = this.#state, t = this.texts;
    const button = (text, to, usable) => make('button', {
      type: 'button', textContent: text, disabled: !usable, attr: {part: 'page-button'},
      onclick: () => {
        this.#go({offset: to});
        this.form.scrollIntoView({block: 'start'});
      }});
    const to = offset + PAGE, full = answer.hits.length === PAGE;
    const more = to < 10000 && (to < answer.total || (full && !answer.total_exact)); // an estimate may be low
    this.pages.hidden = !offset && !more;
    this.pages.replaceChildren(button(t.previous, Math.max(0, offset - PAGE), offset > 0),
      make('span', {textContent: `${t.page} ${this.numbers.format(offset / PAGE + 1)}`}),
      button(t.next, to, more));
  }

  // ---- Facets ----

  #showFacets(facets) {
    const groups = [this.#periodNode(facets.month ?? [])];
    for (const [name, most] of FACETS) groups.push(this.#facetNode(name, (facets[name] ?? []).slice(0, most)));
    this.facets.replaceChildren(...groups.filter(Boolean));
    this.facets.hidden = !this.facets.children.length;
  }

  #facetButton(name, value, label, count, ...children) {
    const pressed = this.#state.filters.some(([n, v]) => n === name && v === value);
    return make('button', {
      type: 'button', onclick: () => this.#toggle(name, value, label),
      attr: {part: pressed ? 'facet facet-pressed' : 'facet', 'aria-pressed': String(pressed)}}, ...children);
  }

  #group(name, ...children) {
    const id = 'facet-' + name;
    return make('section', {attr: {'aria-labelledby': id}},
      make('h2', {id, textContent: this.texts[name], attr: {part: 'facet-title'}}), ...children);
  }

  #facetNode(name, values) {
    const known = values.filter((value) => value.value);
    if (!known.length) return null;
    return this.#group(name, make('ul', {className: 'values'}, ...known.map((value) => {
      const label = value.label || value.value;
      return make('li', {}, this.#facetButton(name, value.value, label, value.count,
        make('bdi', {textContent: label}), ' ',
        make('span', {className: 'note', textContent: this.numbers.format(value.count)})));
    })));
  }

  /** Months as bars in their order, or years where there are many months. */
  #periodNode(values) {
    const dated = values.filter((value) => /^\d{4}-\d\d$/.test(value.value));
    const bars = new Map();
    const years = dated.length > MANY_MONTHS;
    for (const {value, count} of dated) {
      const key = years ? value.slice(0, 4) : value;
      bars.set(key, (bars.get(key) ?? 0) + count);
    }
    if (!bars.size) return null;
    const keys = [...bars.keys()].sort(), most = Math.max(...bars.values());
    const list = make('ul', {className: 'bars', attr: {part: 'bars'}}, ...keys.map((key) => {
      const label = this.#periodLabel(key), count = this.numbers.format(bars.get(key));
      const bar = make('span', {className: 'bar', attr: {part: 'bar'}});
      bar.style.setProperty('--share', bars.get(key) / most); // by script: no style attribute in markup
      const button = this.#facetButton('period', key, label, count, bar);
      button.title = `${label}: ${count}`;
      button.setAttribute('aria-label', button.title);
      return make('li', {}, button);
    }));
    return this.#group('period', list, make('p', {className: 'span', attr: {'aria-hidden': 'true'}},
      make('span', {textContent: this.#periodLabel(keys[0])}),
      keys.length > 1 ? make('span', {textContent: this.#periodLabel(keys.at(-1))}) : null));
  }
}

customElements.define('fihris-box', FihrisBox);

function upgrade() {
  for (const form of document.querySelectorAll('form[data-fihris]')) {
    const input = form.querySelector('input[type=search]');
    const box = make('fihris-box', {attr: {
      endpoint: new URL(form.dataset.fihris || '.', location.href).href, placeholder: input?.placeholder || null,
      digits: form.dataset.digits ?? null, history: form.dataset.history ?? null}});
    form.replaceWith(box);
    for (const plain of document.querySelectorAll('[data-fihris-plain]')) plain.remove();
    if (document.activeElement === document.body && input?.autofocus) box.focus();
  }
}
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', upgrade);
else upgrade();
})();
