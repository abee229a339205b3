using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Live;

/// <summary>What a program gets of an interface: handshakes as they are decided, each a copy that does not change any more.</summary>
public sealed class LiveHandshakesTests
{
    public static TheoryData<string> Samples => [.. Gallery.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Handshakes_of_an_interface_end_as_those_of_the_file_do(string name)
    {
        var last = new Dictionary<int, Handshake>();
        await foreach (var handshake in HandshakeReader.Watch(_ => Again(name), Options(name), CancellationToken.None))
        {
            Assert.Equal(last.ContainsKey(handshake.Number), handshake.IsRevision);
            last[handshake.Number] = handshake;
        }

        var file = HandshakeReader.Read(limits => CaptureFiles.Open([Gallery.PathOf(name)], limits), Options(name));
        Assert.Equal(file.Select(Line).Order(StringComparer.Ordinal), last.Values.Select(Line).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_handshake_stays_as_it_was_when_it_was_decided(string name)
    {
        var atOnce = new List<string>();
        var kept = new List<Handshake>();
        await foreach (var handshake in HandshakeReader.Watch(_ => Again(name), Options(name), CancellationToken.None)) atOnce.Add(TextOf(handshake));
        await foreach (var handshake in HandshakeReader.Watch(_ => Again(name), Options(name), CancellationToken.None)) kept.Add(handshake);
        Assert.Equal(atOnce, kept.Select(TextOf));
    }

    [Fact]
    public async Task Whoever_has_seen_enough_ends_the_capture()
    {
        using var source = Again("http2");
        var isCompleted = false;
        await foreach (var handshake in HandshakeReader.Watch(_ => source, new HandshakeOptions { Completed = _ => isCompleted = true }, CancellationToken.None))
        {
            Assert.Equal(1, handshake.Number);
            break;
        }

        Assert.False(isCompleted);
    }

    [Fact]
    public async Task A_cancelled_capture_throws()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in HandshakeReader.Watch(_ => Again("http2"), new HandshakeOptions(), stop.Token)) await stop.CancelAsync();
        });
    }

    [Fact]
    public async Task An_interface_that_does_not_exist_throws_where_it_is_enumerated()
    {
        var live = Handshakes.ReadLiveAsync("no-such-interface");
        await Assert.ThrowsAsync<HandshakeReadException>(async () =>
        {
            await foreach (var _ in live)
            {
            }
        });
    }

    private static ScriptedLiveSource Again(string name) => new(CaptureFiles.Open([Gallery.PathOf(name)], AnalyzerLimits.Default), new LivePace());

    private static string Line(Handshake handshake) => $"{handshake.Client.Address}:{handshake.Client.Port} {handshake.Server.Name} {handshake.Outcome.Name} {handshake.IsFailed}";

    private static string TextOf(Handshake handshake) =>
        $"{handshake.ToMermaid(new HandshakeDiagramOptions { Detail = DiagramDetail.Full })}{handshake.ToSvg()}{handshake.ToText(new HandshakeDiagramOptions { Time = DiagramTime.Absolute })}{handshake.ToJson()}{string.Join('\n', handshake.Steps)}";

    private static HandshakeOptions Options(string name)
    {
        var keys = Checkout.PathOf("samples", name, "keys.log");
        return new HandshakeOptions { KeyLogFiles = File.Exists(keys) ? [keys] : [] };
    }
}
