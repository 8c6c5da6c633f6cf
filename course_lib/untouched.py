"""Functions of Python as they were before any student code ran: this module is imported first and never again."""

import sys
import threading
import time

settrace, gettrace = sys.settrace, sys.gettrace
settrace_of_threads, gettrace_of_threads = threading.settrace, threading.gettrace
process_time, thread_time = time.process_time, time.thread_time
