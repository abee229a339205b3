using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid;

/// <summary>Frames whose headers could not be read.</summary>
/// <param name="Broken">Frames with headers that contradict themselves.</param>
/// <param name="FirstBroken">The first of them; 0 where there is none.</param>
/// <param name="FirstFault">What is wrong with it.</param>
/// <param name="CutShort">Frames of which the capture kept less than their headers.</param>
/// <param name="FirstCutShort">The first of them; 0 where there is none.</param>
public readonly record struct UnreadableFrames(long Broken, long FirstBroken, WireFault FirstFault, long CutShort, long FirstCutShort);
