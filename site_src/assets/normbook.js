/* What pages do beside being read. Everything that is said on them stands there without this file. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const query = new URLSearchParams(location.search);

  /** Writes what is chosen into the address, so that it can be kept and shared. */
  const remember = (values) => {
    const next = new URLSearchParams(location.search);
    for (const [key, value] of Object.entries(values)) value ? next.set(key, value) : next.delete(key);
    const text = next.toString().replaceAll("%2C", ",");
    try { history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash); } catch { /* from a file */ }
  };

  /** The reading chosen on a source's page is kept from page to page. */
  const readings = () => {
    const key = "normbook.reading";
    let kept = null;
    try { kept = localStorage.getItem(key); } catch { /* storage may be forbidden */ }
    for (const input of all('.nb-switch input[name="reading"]')) {
      if (input.value === kept) input.checked = true;
      input.addEventListener("change", () => {
        try { localStorage.setItem(key, input.value); } catch { /* as above */ }
      });
    }
  };

  /** An edit, a correction or a term opens what explains it beside itself; Escape or a click elsewhere closes it. The number of a
   * correction shows it as soon as the keyboard reaches it, and Enter moves into it. */
  const notes = () => {
    const links = all("a.nb-edit, a.nb-why, a.nb-term");
    if (!links.length || !HTMLElement.prototype.showPopover) return;
    const box = make("div", { className: "nb-pop md-typeset", popover: "auto", tabIndex: -1 });
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", document.querySelector("[data-note]")?.dataset.note ?? document.title);
    box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) box.hidePopover(); });
    let left = false;  // the note was closed from inside: its number gets the focus back and must not open it again
    box.addEventListener("beforetoggle", (event) => {
      left = event.newState === "closed" && box.contains(document.activeElement);
      if (left) setTimeout(() => { left = false; }, 100);
    });
    document.body.append(box);
    const show = (link, enter = true) => {
      const target = link.hash && link.classList.contains("nb-term") === false ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
      box.replaceChildren();
      if (target) {
        for (const child of target.childNodes) box.append(child.cloneNode(true));
        all("[id]", box).forEach((each) => each.removeAttribute("id"));
      } else {
        box.append(make("p", { textContent: link.title }), make("p", {}, make("a", { href: link.href, textContent: link.textContent })));
      }
      box.lang = (target ?? link).closest("[lang]").lang;
      if (box.matches(":popover-open")) box.hidePopover();
      box.showPopover(enter ? { source: link } : {});
      const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
      const width = box.offsetWidth, height = box.offsetHeight;
      box.style.left = Math.max(8, Math.min(at.left, innerWidth - width - 8)) + "px";
      box.style.top = (at.bottom + height + 12 < innerHeight || at.top < height + 12 ? at.bottom + 6 : at.top - height - 6) + "px";
      if (enter) box.focus();
    };
    for (const link of links) link.setAttribute("aria-haspopup", "dialog");
    for (const link of all("a.nb-why")) {
      link.addEventListener("focus", () => {
        if (!left) requestAnimationFrame(() => { if (link.matches(":focus-visible")) show(link, false); });
      });
      link.addEventListener("blur", (event) => { if (!box.contains(event.relatedTarget) && box.matches(":popover-open")) box.hidePopover(); });
    }
    for (const link of links) link.addEventListener("click", (event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(link);
    });
  };

  /** Columns sort by a button in their head; the choice stands in the address. */
  const sorting = () => {
    for (const table of all("table.nb-sortable")) {
      const heads = all("thead th", table);
      const body = table.tBodies[0];
      const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
      const first = [...body.rows];
      const sort = (column, down) => {
        const rows = [...first];
        if (column >= 0) rows.sort((a, b) => (down ? -1 : 1) * collator.compare(a.cells[column].textContent.trim(), b.cells[column].textContent.trim()));
        body.append(...rows);
        heads.forEach((head, i) => i === column ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
      };
      heads.forEach((head, i) => {
        const button = make("button", { type: "button", className: "nb-sort" }, ...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const down = head.getAttribute("aria-sort") === "ascending";
          sort(i, down);
          if (table.id) remember({ sort: (down ? "-" : "") + i });
        });
      });
      const asked = query.get("sort");
      if (table.id && /^-?\d+$/.test(asked ?? "") && Math.abs(+asked) < heads.length) sort(Math.abs(+asked), asked.startsWith("-"));
    }
  };

  /** The lists of an index show the rows that hold every word. */
  const filtering = () => {
    for (const input of all("input.nb-filter")) {
      const rows = all("tbody tr", document.getElementById(input.dataset.for));
      const words = rows.map((row) => row.textContent.toLowerCase());
      const count = input.closest(".nb-tools").querySelector(".nb-count");
      const apply = () => {
        const asked = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        rows.forEach((row, i) => { row.hidden = !asked.every((word) => words[i].includes(word)); shown += !row.hidden; });
        count.textContent = asked.length ? `${shown} ${count.dataset.of} ${rows.length}` : "";
        remember({ q: input.value });
      };
      input.addEventListener("input", apply);
      if (query.get("q")) { input.value = query.get("q"); apply(); }
    }
  };

  const guessing = () => {
    for (const link of all("a.nb-guess")) {
      let name = location.pathname.split("/").pop().replace(/\.html?$/, "");
      try { name = decodeURIComponent(name); } catch { /* no encoded letters: the address as it is */ }
      const words = name.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      if (words) { link.href += "?q=" + encodeURIComponent(words); link.append(link.closest("[lang]").lang === "en" ? ": " : "：", words); }
    }
  };

  /** The drawer of small screens opens by a button; Escape closes it. */
  const drawer = () => {
    const button = document.querySelector(".nb-drawer"), toggle = document.getElementById("__drawer");
    const set = (open) => {
      if (toggle.checked !== open) toggle.click();
      button.setAttribute("aria-expanded", open);
      if (open) setTimeout(() => document.querySelector(".md-sidebar--primary a")?.focus(), 300);
    };
    button.addEventListener("click", () => set(!toggle.checked));
    toggle.addEventListener("change", () => button.setAttribute("aria-expanded", toggle.checked));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && toggle.checked) { set(false); button.focus(); }
    });
  };

  /** What is folded opens where an address or a link leads into it, and on paper. */
  const folds = () => {
    const reveal = () => {
      let id = location.hash.slice(1);
      try { id = decodeURIComponent(id); } catch { /* no encoded letters: the id as it is */ }
      const target = id && document.getElementById(id);
      let opened = false;
      for (let fold = target?.closest?.("details"); fold; fold = fold.parentElement.closest("details")) {
        opened ||= !fold.open;
        fold.open = true;
      }
      if (opened) target.scrollIntoView();
    };
    reveal();
    addEventListener("hashchange", reveal);
    document.addEventListener("click", (event) => {  // once more to where the address already leads
      if (event.target.closest?.("a")?.hash === location.hash && location.hash) setTimeout(reveal);
    });
    let opened = [];
    matchMedia("print").addEventListener("change", ({ matches }) => {
      if (matches) opened = all("details:not([open])");
      for (const fold of opened) fold.open = matches;
    });
  };

  /** The header names the page whose title has left the screen, the list of contents marks the section that is read, and a button that
   * leads back up appears when the reader turns back. */
  const scrolled = () => {
    const title = document.querySelector(".md-header__title"), up = document.querySelector(".md-top");
    const head = document.querySelector(".md-content h1"), bar = 64;
    const links = all(".md-sidebar--secondary a.md-nav__link").map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))]);
    let before = scrollY, waiting = false;
    const look = () => {
      waiting = false;
      title?.classList.toggle("md-header__title--active", Boolean(head) && head.getBoundingClientRect().bottom < bar);
      if (up && Math.abs(scrollY - before) > 4) up.hidden = scrollY > before || scrollY < innerHeight / 2;
      before = scrollY;
      const read = links.findLast(([, section]) => section && section.getBoundingClientRect().top < bar + 16)?.[0];
      for (const [link] of links) link.classList.toggle("md-nav__link--active", link === read);
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(look);
      waiting = true;
    }, { passive: true });
    up?.addEventListener("click", () => scrollTo({ top: 0 }));
  };

  window.normbook = { all, make, query, remember };
  drawer();
  folds();
  scrolled();
  readings();
  notes();
  sorting();
  filtering();
  guessing();
  for (const button of all("button.nb-print")) button.addEventListener("click", () => print());
})();
