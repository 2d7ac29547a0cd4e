// A row of tabs that does not fit starts at the current one.
for (const tab of document.querySelectorAll<HTMLElement>(":is(.tabs, .segments) > [aria-current]")) {
	const row = tab.parentElement;
	if (row) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
}
