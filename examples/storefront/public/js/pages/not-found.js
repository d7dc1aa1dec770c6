// Nothing to do: the frame records the page view.
