// What a page does beyond its links and forms. Everything works without it.
(() => {
  'use strict';

  const answer = () => document.getElementById('answer');
  const announcement = () => document.getElementById('announcement');

  // An address holds what was said, not what was left empty, nor how many rows stand open.
  document.addEventListener('htmx:configRequest', event => {
    // The address is long where much is said, and the browser names it already.
    delete event.detail.headers['HX-Current-URL'];
    const given = event.detail.formData;
    if (!given || event.detail.verb !== 'get') return;
    for (const [name, value] of [...given.entries()]) {
      if (typeof value === 'string' && value.trim() === '') given.delete(name);
    }
    if (event.detail.elt.id !== 'ask') return;
    for (const button of document.querySelectorAll('.another button')) given.delete(button.name);
    // With no field at all the server would put in what it puts in for who has just come.
    if ([...given.keys()].length === 0) given.set('budgetUsd', '');
  });

  // An answer names what is wrong now; what was wrong before is no longer said.
  document.addEventListener('htmx:beforeSwap', event => {
    if (event.detail.requestConfig.elt.id !== 'ask' || !event.detail.shouldSwap) return;
    for (const problem of document.querySelectorAll('.ask .problem')) problem.textContent = '';
  });

  document.addEventListener('htmx:beforeRequest', event => {
    if (event.detail.elt.id === 'ask' && answer()) answer().setAttribute('aria-busy', 'true');
  });

  document.addEventListener('htmx:afterRequest', event => {
    if (event.detail.elt.id !== 'ask' || !answer()) return;
    answer().removeAttribute('aria-busy');
    if (event.detail.successful) lost('');
  });

  // What is shown is no answer to what the form says now: that is seen, and heard.
  const lost = why => {
    const message = document.getElementById('lost');
    if (!message || !answer()) return;
    message.hidden = why === '';
    message.textContent =
      why && 'The answer could not be had; what is shown is the one before. ' + why;
    answer().classList.toggle('stale', why !== '');
    if (why && announcement()) announcement().textContent = message.textContent;
  };

  const detail = xhr => {
    try {
      return JSON.parse(xhr.responseText).detail || '';
    } catch (other) {
      return '';
    }
  };

  for (const name of ['htmx:sendError', 'htmx:timeout']) {
    document.addEventListener(name, event => {
      if (event.detail.elt.id === 'ask') lost('The server did not respond; maybe try again.');
    });
  }

  document.addEventListener('htmx:responseError', event => {
    const { elt, xhr } = event.detail;
    if (elt.id === 'ask') lost(detail(xhr) || `The server answered ${xhr.status}; maybe try again.`);
  });

  // The first change typed into a field adds to the history, so that the way back leads to the
  // answer of before; what is typed on only changes the address.
  let typing = null;
  document.addEventListener('focusout', event => {
    if (event.target === typing) typing = null;
  });
  document.addEventListener('htmx:beforeHistoryUpdate', event => {
    const { requestConfig, history } = event.detail;
    if (requestConfig.elt.id !== 'ask') return;
    const asked = requestConfig.triggeringEvent;
    const field =
      asked && asked.type === 'input' && asked.target.matches('input:not([type=checkbox])')
        ? asked.target
        : null;
    const sent = asked && asked.type === 'submit';
    const same = new URL(history.path, location.href).href === location.href;
    if (same || (typing && (field === typing || sent))) history.type = 'replace';
    typing = field && field === document.activeElement ? field : null;
  });

  // What was opened in the answer, and typed into it, is there again in the next one.
  const words = summary => summary.textContent.trim().replace(/\s+/g, ' ');
  const place = details => {
    const names = [];
    for (let at = details; at; at = at.parentElement.closest('#answer details')) {
      names.unshift(at.id || words(at.querySelector('summary')));
    }
    return names.join(' > ');
  };
  let kept = { opened: new Set(), focused: null, card: '' };
  const each = () => [...answer().querySelectorAll('details')];
  const isAnswer = event =>
    answer() && event.detail.target === answer() && event.detail.requestConfig.elt.id === 'ask';

  document.addEventListener('htmx:beforeSwap', event => {
    if (!isAnswer(event) || !event.detail.shouldSwap || !document.getElementById('headline')) return;
    const on = document.activeElement.closest('#answer summary');
    kept = {
      opened: new Set(each().filter(details => details.open).map(place)),
      focused: on && place(on.parentElement),
      card: document.getElementById('card').value,
    };
  });

  document.addEventListener('htmx:afterSwap', event => {
    if (!isAnswer(event) || !document.getElementById('headline')) return;
    for (const details of each()) {
      const name = place(details);
      if (kept.opened.has(name)) details.open = true;
      if (name === kept.focused && document.activeElement === document.body) {
        details.querySelector('summary').focus({ preventScroll: true });
      }
    }
    document.getElementById('card').value = kept.card;
  });

  // The proof of what was kept open is asked for once htmx listens.
  document.addEventListener('htmx:afterSettle', event => {
    if (!isAnswer(event)) return;
    for (const details of each()) {
      if (details.open) details.dispatchEvent(new Event('toggle'));
    }
  });

  // Where the link that had the focus gives way to the chart, the chart has it.
  let within = null;
  document.addEventListener('htmx:beforeSwap', event => {
    const target = event.detail.target;
    within = target.id === 'budgets' && target.contains(document.activeElement) ? target : null;
  });
  document.addEventListener('htmx:afterSwap', event => {
    if (within && event.detail.target === within) within.focus({ preventScroll: true });
  });

  // A field whose problem is named says so to whoever does not see it.
  const mark = () => {
    for (const problem of document.querySelectorAll('.ask .problem')) {
      const field = document.getElementById(problem.id.replace(/^problem-/, ''));
      if (!field || !field.matches('input, select')) continue;
      if (problem.textContent.trim() === '') {
        field.removeAttribute('aria-invalid');
      } else {
        field.setAttribute('aria-invalid', 'true');
        const more = field.closest('details');
        if (more) more.open = true;
      }
    }
  };

  const offer = () => {
    for (const button of document.querySelectorAll('button.copy, button.print')) button.hidden = false;
  };

  document.addEventListener('htmx:afterSettle', () => {
    mark();
    offer();
  });
  document.addEventListener('DOMContentLoaded', offer);

  document.addEventListener('click', async event => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.classList.contains('print')) {
      window.print();
    } else if (button.classList.contains('copy')) {
      const link = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(link.href);
        button.textContent = 'Copied';
      } catch (refused) {
        button.textContent = 'Copy the address of the link';
      }
    }
  });
})();
