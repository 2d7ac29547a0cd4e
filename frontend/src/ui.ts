// The shell's script. Every page works without it; this adds what a script alone can.
import "./requests";
import "./appearance";
import "./dialogs";
import "./forms";
import "./palette";
import "./tabs";
import "./toasts";
