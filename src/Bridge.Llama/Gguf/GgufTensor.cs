namespace Bridge.Llama.Gguf;

/// <summary>A tensor of the file's directory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Dimensions">Its dimensions, the fastest first; one to four.</param>
/// <param name="Elements">How many numbers it has.</param>
/// <param name="Bytes">How many bytes it takes.</param>
/// <param name="Offset">Where its data begins in the file's data section.</param>
public sealed record GgufTensor(string Name, TensorType Type, IReadOnlyList<long> Dimensions, long Elements, long Bytes, long Offset);
