using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Records;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Records;

public class HandshakeAssemblerTests
{
    [Fact]
    public void Messages_are_the_same_however_they_are_split_and_joined()
    {
        var stream = Join(ServerHello12(), Certificate12(900, 700), ServerKeyExchange12(), ServerHelloDone());
        for (var piece = 1; piece < 60; piece++)
        {
            var messages = Read(new HandshakeAssembler(AnalyzerLimits.Default), stream.Chunk(piece));
            Assert.Equal([2, 11, 12, 14], messages.Select(m => (int)m.Type.Code));
            Assert.Equal(stream, messages.SelectMany(m => m.Bytes.ToArray()));
        }
    }

    [Fact]
    public void A_message_names_the_frames_that_hold_its_bytes()
    {
        var stream = Join(ServerHello12(), Certificate12(900), ServerHelloDone());
        var messages = Read(new HandshakeAssembler(AnalyzerLimits.Default), stream.Chunk(100));
        var start = 0;
        foreach (var message in messages)
        {
            Assert.Equal((start / 100) + 1, message.First.Frame);
            start += message.Bytes.Length;
            Assert.Equal(((start - 1) / 100) + 1, message.Last.Frame);
        }
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_message_above_the_cap_is_not_waited_for(int length, bool isRead)
    {
        var assembler = new HandshakeAssembler(AnalyzerLimits.Default with { HandshakeMessageBytes = 100 });
        var messages = Read(assembler, [Message(11, Fill(length))]);
        Assert.Equal(isRead ? 1 : 0, messages.Count);
        Assert.Equal(!isRead, assembler.IsAboveCap);
    }

    private static List<RawMessage> Read(HandshakeAssembler assembler, IEnumerable<byte[]> pieces)
    {
        var messages = new List<RawMessage>();
        var frame = 1;
        foreach (var piece in pieces)
        {
            ReadOnlySpan<byte> bytes = piece;
            while (!bytes.IsEmpty)
            {
                if (assembler.TryTake(ref bytes, new FrameMark(frame, default), out var message)) messages.Add(message);
            }

            frame++;
        }

        return messages;
    }
}
