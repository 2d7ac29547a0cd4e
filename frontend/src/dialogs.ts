// Windows: what `commandfor` does by itself in newer browsers.
function obey(event: Event): void {
	const button = (event.target as Element).closest("button[commandfor]");
	const dialog = button && document.getElementById(button.getAttribute("commandfor") ?? "");
	if (!(dialog instanceof HTMLDialogElement)) return;
	if (button?.getAttribute("command") === "close") dialog.close();
	else if (!dialog.open) dialog.showModal();
}

if (!("commandForElement" in HTMLButtonElement.prototype)) document.addEventListener("click", obey);
