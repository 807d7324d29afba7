// What pytest-html's script does not do well with thousands of rows: it draws all of them again for each one opened.
(() => {
    const find = document.getElementById('find')

    const apply = () => {
        const words = find.value.toLowerCase().split(/\s+/).filter(Boolean)
        for (const body of document.querySelectorAll('#results-table > tbody')) {
            const text = words.length ? body.rows[0].textContent.toLowerCase() : ''
            body.hidden = !words.every((word) => text.includes(word))
        }
    }

    const toggle = (row) => {
        row.nextElementSibling.classList.toggle('hidden')
        row.cells[0].classList.toggle('collapsed')
    }

    document.addEventListener('click', (event) => {
        const row = event.target.closest('#results-table tr.collapsible')
        if (row) {
            event.stopPropagation()
            if (!String(getSelection())) toggle(row)
        }
        const found = event.target.closest('[data-find]')
        if (found) {
            find.value = found.dataset.find
            apply()
        }
        const script = event.target.closest('a[href^="#script-"]')
        if (script) document.querySelector('.scripts').open = true
    }, true)

    find.addEventListener('input', apply)
    new MutationObserver(apply).observe(document.getElementById('results'), { childList: true })
})()
