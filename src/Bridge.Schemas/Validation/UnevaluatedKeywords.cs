using System.Text.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>unevaluatedProperties</c>; it stands last among its node's keywords.</summary>
/// <param name="node">The schema of what no other keyword looked at.</param>
internal sealed class UnevaluatedPropertiesKeyword(SchemaNode node) : Keyword
{
    public override JsonKinds Kinds => JsonKinds.Object;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        bool valid = true;
        int index = -1;
        foreach (JsonProperty member in instance.EnumerateObject())
        {
            index++;
            if (run.Evaluated!.IsMarked(index))
            {
                continue;
            }

            if (!run.CheckMember(node, member))
            {
                valid = false;
                if (!run.Collects)
                {
                    return false;
                }
            }

            run.Evaluated.Mark(index);
        }

        return valid;
    }
}

/// <summary><c>unevaluatedItems</c>; it stands last among its node's keywords.</summary>
/// <param name="node">The schema of what no other keyword looked at.</param>
internal sealed class UnevaluatedItemsKeyword(SchemaNode node) : Keyword
{
    public override JsonKinds Kinds => JsonKinds.Array;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        bool valid = true;
        int index = -1;
        foreach (JsonElement item in instance.EnumerateArray())
        {
            index++;
            if (run.Evaluated!.IsMarked(index))
            {
                continue;
            }

            if (!run.CheckItem(node, item, index))
            {
                valid = false;
                if (!run.Collects)
                {
                    return false;
                }
            }

            run.Evaluated.Mark(index);
        }

        return valid;
    }
}
