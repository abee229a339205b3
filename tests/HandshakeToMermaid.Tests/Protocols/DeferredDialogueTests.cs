using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Protocols;

/// <summary>Reading a stream when it is over, or from some length on, tells what reading it as it comes tells.</summary>
public sealed class DeferredDialogueTests
{
    public static TheoryData<string> Recordings => [.. Directory.EnumerateFiles(Recorded, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Both_ways_of_reading_tell_the_same_however_the_stream_is_cut(string recording)
    {
        var pieces = Read(recording);
        foreach (var length in (int[])[7, 100, 1448, 20_000])
        {
            var cut = Cut(pieces, length).ToList();
            var expected = Tell(cut, new TlsDialogue(AnalyzerLimits.Default));
            foreach (var most in (int[])[0, 300, 3_000, 16_384, int.MaxValue])
            {
                Assert.Equal(expected, Tell(cut, new DeferredDialogue(() => new TlsDialogue(AnalyzerLimits.Default), NoName, most)));
            }
        }
    }

    [Fact]
    public void A_long_answer_holds_nothing_but_records()
    {
        foreach (var recording in Directory.EnumerateFiles(Recorded, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!))
        {
            foreach (var length in (int[])[1, 1448, 1460])
            {
                var told = Tell(Cut(Read(recording), length), new DeferredDialogue(() => new TlsDialogue(AnalyzerLimits.Default), NoName, 16_384));
                Assert.DoesNotContain("no TLS record", told, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A recording, and behind it an answer of 40 records.</summary>
    private static List<(Direction From, byte[] Bytes)> Read(string recording)
    {
        var pieces = File.ReadLines(Path.Combine(Recorded, recording + ".txt")).Select(l => (l[0] == '>' ? Direction.Forward : Direction.Reverse, Convert.FromHexString(l[2..]))).ToList();
        pieces.Add((Direction.Reverse, TlsBytes.Join([.. Enumerable.Range(0, 40).Select(i => TlsBytes.Sealed(500 + (i * 13)))])));
        return pieces;
    }

    private static IEnumerable<(Direction From, byte[] Bytes)> Cut(IEnumerable<(Direction From, byte[] Bytes)> pieces, int length) =>
        pieces.SelectMany(p => p.Bytes.Chunk(length).Select(part => (p.From, part)));

    private static string Tell(IEnumerable<(Direction From, byte[] Bytes)> pieces, IStreamDialogue dialogue)
    {
        var frame = 0;
        foreach (var (from, bytes) in pieces)
        {
            frame++;
            if (!dialogue.IsSatisfied(from)) dialogue.Bytes(from, bytes, new FrameMark(frame, new Timestamp(frame * 1_000_000L)));
        }

        return string.Join('\n', dialogue.Finish().SelectMany(f => f.Steps.Select(s => $"{s.From} {s.Title} {s.First.Frame}-{s.Last.Frame} {s.Length}").Concat(f.Unread.Select(u => $"{u.What} {u.Detail} {string.Join(',', u.Frames)}"))));
    }

    private static bool NoName(ReadOnlySpan<byte> first, out string? name)
    {
        name = null;
        return false;
    }

    private static string Recorded => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Protocols", "Tls", "Recorded");
}
