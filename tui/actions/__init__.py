"""What the commands of :mod:`tui.commands` do: functions that take the reader."""
