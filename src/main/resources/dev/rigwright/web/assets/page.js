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
    if (!event.detail.successful && announcement() && event.detail.xhr.status !== 0) {
      announcement().textContent =
        'The server did not answer. Press the button to ask again.';
    }
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
