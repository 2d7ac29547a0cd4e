// Files: refused by size before they travel, and a bar while they do.
type ProgressEventOfHtmx = CustomEvent<{ loaded: number; total: number; lengthComputable: boolean }>;

document.addEventListener("change", (event) => {
	const input = event.target as HTMLInputElement;
	const limit = Number(input.dataset.limit);
	if (!limit || !input.files) return;
	const isLarge = [...input.files].some((file) => file.size > limit);
	input.setCustomValidity(isLarge ? (input.dataset.limitWords ?? " ") : "");
	input.reportValidity();
});

document.addEventListener("htmx:xhr:progress", (event) => {
	const { loaded, total, lengthComputable } = (event as ProgressEventOfHtmx).detail;
	const bar = (event.target as Element).querySelector<HTMLProgressElement>("progress[data-upload]");
	if (!bar || !lengthComputable) return;
	bar.hidden = false;
	bar.max = total;
	bar.value = loaded;
});
