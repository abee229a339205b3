using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Cases.Everyday;

namespace HandshakeToMermaid.Tests.Live;

/// <summary>What is watched while it happens gives, at its end, what a file of the same packets gives.</summary>
public sealed class LiveAsFileTests
{
    private static readonly LivePace[] Paces =
    [
        new(IsQuietBetween: false),
        new(),
        new(Slower: 20),
        new(Longer: Duration.FromSeconds(60)),
        new(SetBack: Duration.FromSeconds(3600)),
    ];

    public static TheoryData<string> Samples => [.. Gallery.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_that_happens_again_is_told_as_its_file_is(string name)
    {
        var folder = Checkout.PathOf("samples", name);
        var keys = Path.Combine(folder, "keys.log");
        HoldAtEveryPace(Directory.EnumerateFiles(folder, "capture.pcap*").First(), keys);
    }

    [Theory]
    [InlineData("eapol-two")]
    [InlineData("eapol-group")]
    public void Eap_on_the_link_that_happens_again_is_told_as_its_file_is(string name)
        => HoldAtEveryPace(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Eap", name + ".pcap"), "");

    [SkippableTheory]
    [MemberData(nameof(EverydayCapture.Names), MemberType = typeof(EverydayCapture))]
    public void An_everyday_capture_that_happens_again_is_told_as_its_file_is(string name)
        => HoldAtEveryPace(Checkout.Shared("captures", "everyday", $"{name}.pcap.gz"), Checkout.PathOf("..", "shared", "captures", "everyday", $"{name}.keys"));

    private static void HoldAtEveryPace(string path, string keys)
    {
        foreach (var pace in Paces)
        {
            var found = new List<DiagnosedConnection>();
            using (var file = Again(path, pace)) new HandshakeAnalyzer(Options(keys)).Analyze(file, found.Add);

            var live = new LiveLog();
            using (var watched = Again(path, pace)) new HandshakeAnalyzer(Options(keys)).Watch(watched, live);

            var (fromFile, watchedTexts) = (Texts(found), Texts(live.InOrder()));
            var differs = Enumerable.Range(0, Math.Max(fromFile.Count, watchedTexts.Count)).FirstOrDefault(i => fromFile.ElementAtOrDefault(i) != watchedTexts.ElementAtOrDefault(i), -1);
            Assert.True(differs < 0, $"{pace}: a file gives\n{fromFile.ElementAtOrDefault(differs)}\nwatched it is\n{watchedTexts.ElementAtOrDefault(differs)}");

            // Rows stand: what was told of a connection last is what it turned out to be.
            var told = live.LastTold.Count == live.Final.Count && live.Final.All(f => live.LastTold.GetValueOrDefault(f.Key) == f.Value);
            Assert.True(told, $"{pace}: what was told is not what it turned out to be:\n{string.Join('\n', live.Lines)}");
        }
    }

    private static ScriptedLiveSource Again(string path, LivePace pace) => new(CaptureFiles.Open([path], AnalyzerLimits.Default), pace);

    private static AnalyzerOptions Options(string keys) => File.Exists(keys) ? Reading.WithSecrets(File.ReadAllBytes(keys)) : new AnalyzerOptions();

    /// <summary>What scripts read, what is drawn, and every step with its frames.</summary>
    private static List<string> Texts(IReadOnlyList<DiagnosedConnection> connections)
    {
        var texts = new List<string>();
        foreach (var connection in connections)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream)) ConnectionJson.Write(json, connection);
            texts.Add(Encoding.UTF8.GetString(stream.ToArray()));
            texts.AddRange(connection.Connection.Steps.Select(s => $"{s.First.Frame}-{s.Last.Frame} {s.Phase} {s.From} {s.Title}"));
            texts.Add(Drawing.Of([connection], new DiagramOptions(Detail.Full), maxConnections: 1).Text);
        }

        return texts;
    }
}
