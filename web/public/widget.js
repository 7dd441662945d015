// <admit-event>: sells tickets on any site, in a dialog with a frame of the shop (docs/widget.md). It needs no inline style or
// script, no eval and no cookie. It asks the shop for nothing before somebody opens it.
(() => {
  if (!('customElements' in window) || customElements.get('admit-event')) return;
  const shop = new URL(document.currentScript.src).origin;

  const texts = {
    en: ['Get tickets', 'Close', 'Tickets', 'Loading…', 'Open the ticket shop in a new tab'],
    de: ['Tickets kaufen', 'Schließen', 'Tickets', 'Wird geladen …', 'Ticketshop in neuem Tab öffnen'],
    fr: ['Billets', 'Fermer', 'Billets', 'Chargement…', 'Ouvrir la billetterie dans un nouvel onglet'],
    es: ['Entradas', 'Cerrar', 'Entradas', 'Cargando…', 'Abrir la tienda de entradas en otra pestaña'],
    ar: ['احصل على التذاكر', 'إغلاق', 'التذاكر', 'جارٍ التحميل…', 'افتح متجر التذاكر في علامة تبويب جديدة'],
  };
  const style = `
    :host { display: inline-block }
    :host([hidden]) { display: none }
    button { font: inherit; cursor: pointer }
    .open { min-height: 44px; padding: .6em 1.4em; border: 0; border-radius: 99px; font-weight: 600;
      background: var(--admit-color, #4f3ddb); color: var(--admit-text-color, #fff) }
    .open:focus-visible, .close:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
    dialog { box-sizing: border-box; width: min(60rem, calc(100vw - 2rem)); max-width: none; max-height: calc(100dvh - 2rem);
      padding: 0; border: 0; border-radius: 1rem; overflow: hidden; color-scheme: light; background: #fff; color: #1a1a18 }
    dialog[open] { display: flex; flex-direction: column }
    dialog::backdrop { background: rgb(0 0 0 / .55) }
    .bar { display: flex; flex: none; justify-content: flex-end; padding: 2px }
    .close { width: 44px; height: 44px; border: 0; border-radius: 99px; background: none; color: inherit;
      font-size: 1.5rem; line-height: 1 }
    .note { margin: 0; padding: 2rem; text-align: center }
    .note a { display: inline-block; padding: .8em 0; color: inherit }
    iframe { display: block; flex: 1 1 auto; width: 100%; min-height: 0; height: var(--height, 70vh); border: 0 }
    [hidden] { display: none !important }
    .dark { color-scheme: dark; background: #121210; color: #f4f3ef }
    @media (prefers-color-scheme: dark) { .system { color-scheme: dark; background: #121210; color: #f4f3ef } }
    @media (max-width: 640px), (max-height: 480px) {
      dialog { width: 100%; height: 100dvh; max-height: none; margin: 0; inset: 0; border-radius: 0 }
    }`;

  /** Sheets that are made by script are no inline styles, so a strict content policy allows them. */
  let sheet;
  const dress = (root) => {
    try {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
      }
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(make('style', { textContent: style }));
    }
  };
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  /** For so long the shop may take to appear before the dialog offers it in a tab: for example, the organiser allows other sites only. */
  const patienceMs = 8000;

  class AdmitEvent extends HTMLElement {
    static observedAttributes = ['event', 'lang', 'theme', 'label', 'via'];
    #root = this.attachShadow({ mode: 'open' });
    #button = make('button', { className: 'open', type: 'button', part: 'button' });
    #dialog = null;
    #frame = null;
    #note = null;
    #patience = 0;
    #isBought = false;

    constructor() {
      super();
      dress(this.#root);
      this.#button.setAttribute('aria-haspopup', 'dialog');
      this.#button.addEventListener('click', () => this.open());
      this.#root.append(this.#button);
    }

    connectedCallback() {
      addEventListener('message', this.#hear);
      this.#say();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#hear);
      this.#forget();
    }

    attributeChangedCallback(name, before, now) {
      if (before === now) return;
      if (this.isConnected) this.#say();
      if (name !== 'label' && !this.#dialog?.open) this.#forget();
    }

    /** Opens the dialog. What the visitor had begun is still there. */
    open() {
      if (!this.isConnected || !this.getAttribute('event') || this.#dialog?.open) return;
      if (this.#isBought) this.#forget();
      if (!this.#dialog) this.#build();
      this.#dialog.showModal();
      this.#tell('open', { event: this.getAttribute('event') });
    }

    close() {
      this.#dialog?.close();
    }

    #language() {
      const wanted = [this.getAttribute('lang'), this.closest('[lang]')?.lang, ...navigator.languages];
      return wanted.map((tag) => tag?.split('-')[0].toLowerCase()).find((name) => Object.hasOwn(texts, name)) ?? 'en';
    }

    #say() {
      const language = this.#language();
      this.#button.textContent = this.getAttribute('label') || texts[language][0];
      this.#button.lang = this.getAttribute('label') ? '' : language;
    }

    #address(isFrame) {
      const slug = encodeURIComponent(this.getAttribute('event'));
      const url = new URL(isFrame ? `/embed/${slug}/e/${slug}` : `/e/${slug}`, shop);
      const via = this.getAttribute('via');
      if (via) url.searchParams.set('via', via);
      if (!isFrame) return url.href;
      const given = { host: location.origin, lang: this.#language(), theme: this.getAttribute('theme') };
      for (const [name, value] of Object.entries(given)) if (value) url.searchParams.set(name, value);
      return url.href;
    }

    #build() {
      const language = this.#language();
      const [, close, title, loading, elsewhere] = texts[language];
      const theme = this.getAttribute('theme');
      this.#dialog = make('dialog', {
        className: theme === 'dark' || theme === 'light' ? theme : 'system',
        lang: language,
        dir: language === 'ar' ? 'rtl' : 'ltr',
        part: 'dialog',
        ariaLabel: title,
      });
      const shut = make('button', { className: 'close', type: 'button', part: 'close', textContent: '×', ariaLabel: close });
      shut.addEventListener('click', () => this.close());
      const bar = make('div', { className: 'bar' });
      bar.append(shut);
      this.#note = make('p', { className: 'note', role: 'status', textContent: loading });
      this.#frame = make('iframe', { title, allow: 'payment; clipboard-write', referrerPolicy: 'origin' });
      // It may run and pay, and it may not lead the host's page to another address.
      this.#frame.setAttribute(
        'sandbox',
        'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals',
      );
      this.#frame.src = this.#address(true);
      this.#dialog.append(bar, this.#note, this.#frame);
      this.#dialog.addEventListener('close', () => this.#tell('close', { bought: this.#isBought }));
      this.#root.append(this.#dialog);
      this.#patience = setTimeout(() => {
        const link = make('a', { href: this.#address(false), target: '_blank', rel: 'noopener', textContent: elsewhere });
        this.#note.replaceChildren(link);
      }, patienceMs);
    }

    #forget() {
      clearTimeout(this.#patience);
      this.#dialog?.remove();
      this.#dialog = this.#frame = this.#note = null;
      this.#isBought = false;
    }

    /** Only the shop's own frame in this very dialog is heard. */
    #hear = ({ data, origin, source }) => {
      if (!this.#frame || origin !== shop || source !== this.#frame.contentWindow || data?.admit !== 1) return;
      clearTimeout(this.#patience);
      if (data.type === 'height' && data.height > 0 && data.height < 1e5) {
        this.#note.hidden = true;
        this.#frame.style.setProperty('--height', `${Math.max(320, Math.ceil(data.height))}px`);
      } else if (data.type === 'close') {
        this.close();
      } else if (data.type === 'bought') {
        this.#isBought = true;
        this.#tell('bought', { orderId: data.orderId, tickets: data.tickets, total: data.total });
      }
    };

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`admit:${name}`, { bubbles: true, composed: true, detail }));
    }
  }

  customElements.define('admit-event', AdmitEvent);
})();
