using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Diagnosis;

namespace HandshakeToMermaid.Tests.Live;

/// <summary>What was told of a handshake is told again where it turns out otherwise.</summary>
public sealed class HandshakeWatchTests
{
    [Fact]
    public void An_answer_after_the_time_out_is_told_while_the_connection_goes_on()
    {
        var log = Watch("slow-server", new LivePace(), new AnalyzerOptions { HandshakeTimeout = Duration.FromMilliseconds(500) });
        Assert.StartsWith("decided 1", log.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("established", log.Lines[0], StringComparison.Ordinal);
        Assert.Equal(["revised 1 established slow-server", "over 1 established slow-server"], log.Lines.Skip(1));
        Assert.True(log.Frames[1] < log.Frames[2], "it was told only when the connection was over");
    }

    [Fact]
    public void A_client_that_is_refused_when_it_was_done_is_told_twice()
    {
        // Slowly, so that the handshake is told as established before the server's alert comes.
        var log = Watch("client-certificate-required-tls13", new LivePace(Slower: 20), WithKeys("client-certificate-required-tls13"));
        Assert.Equal(["decided 1 established slow-network", "revised 1 rejected_late client-certificate-missing", "over 1 rejected_late client-certificate-missing"], log.Lines);
    }

    [Fact]
    public void What_keys_open_is_reported_with_the_decision()
    {
        var log = Watch("wrong-name-decrypted", new LivePace(Slower: 20), WithKeys("wrong-name-decrypted"));
        Assert.Equal(["decided 1 established certificate-name-mismatch", "over 1 established certificate-name-mismatch"], log.Lines);
    }

    [Fact]
    public void What_turns_out_as_it_was_told_is_told_once()
    {
        var log = Watch("tls13-success", new LivePace(Slower: 20), new AnalyzerOptions());
        Assert.Equal(["decided 1 established slow-network", "over 1 established slow-network"], log.Lines);
        Assert.True(log.Frames[0] < log.Frames[1], "a handshake over a slow path was told only when the connection was over");
    }

    [Fact]
    public void A_connection_that_carries_look_ups_is_no_row()
    {
        var log = Watch("dns-tcp-fallback", new LivePace(), new AnalyzerOptions());
        Assert.Equal(["decided 1 established", "over 1 established"], log.Lines);
    }

    private static LiveLog Watch(string sample, LivePace pace, AnalyzerOptions options)
    {
        var log = new LiveLog();
        using var source = new ScriptedLiveSource(CaptureFiles.Open([Sample.PathOf(sample)], AnalyzerLimits.Default), pace);
        new HandshakeAnalyzer(options).Watch(source, log);
        return log;
    }

    private static AnalyzerOptions WithKeys(string sample) => Reading.WithSecrets(File.ReadAllBytes(Checkout.PathOf("samples", sample, "keys.log")));
}
