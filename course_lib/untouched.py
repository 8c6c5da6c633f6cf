"""Functions of Python as they were before any student code ran: this module is imported first and never again."""

import sys
import threading

settrace, gettrace = sys.settrace, sys.gettrace
settrace_of_threads, gettrace_of_threads = threading.settrace, threading.gettrace
