"""Wires with a length: carries Ethernet frames between interfaces, each held back for some milliseconds.

    wire.py LEFT:RIGHT:MILLISECONDS...

Frames keep their order; none is changed or repeated, and none is lost but what an interface refuses. Runs until it is killed.
"""
import collections
import errno
import select
import socket
import sys
import time

ETH_P_ALL = 3
LARGEST_FRAME = 65536


def open_interface(name):
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    end.bind((name, ETH_P_ALL))
    end.setblocking(False)
    return end


def take_frames(end):
    """All frames that wait at this end, without those that we put there ourselves."""
    while True:
        try:
            frame, address = end.recvfrom(LARGEST_FRAME)
        except BlockingIOError:
            return
        if address[2] != socket.PACKET_OUTGOING:
            yield frame


def send(end, frame):
    try:
        end.send(frame)
    except OSError as refusal:
        if refusal.errno != errno.ENOBUFS:  # the other half of the pair does not take it: too big, or switched off
            raise


def main():
    wires = {}  # the end a frame comes in at -> (the end it leaves by, delay in seconds, frames on their way)
    for argument in sys.argv[1:]:
        left, right, milliseconds = argument.split(":")
        ends = open_interface(left), open_interface(right)
        for a, b in (ends, ends[::-1]):
            wires[a] = b, float(milliseconds) / 1000, collections.deque()

    print("ready", flush=True)
    while True:
        due = [underway[0][0] for _, _, underway in wires.values() if underway]
        wait = max(0, min(due) - time.monotonic()) if due else None
        readable, _, _ = select.select(wires, [], [], wait)
        now = time.monotonic()
        for end in readable:
            _, delay, underway = wires[end]
            underway.extend((now + delay, frame) for frame in take_frames(end))
        for far_end, _, underway in wires.values():
            while underway and underway[0][0] <= now:
                send(far_end, underway.popleft()[1])


main()
